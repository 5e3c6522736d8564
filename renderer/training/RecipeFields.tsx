import { type Recipe, recipeSchema } from '../../src/recipe/recipe.ts';
import { defaultsOf } from '../../src/schema/parse.ts';
import { FormField } from '../panels/FormField.tsx';
import { useEditor } from '../state/editor.ts';
import { changeRecipe, inputOf, resizeInput } from './recipe.ts';
import { changedWords, common, type FieldName, type Group, groups, titles } from './recipe-groups.ts';

const defaults = defaultsOf(recipeSchema);

function Field({ name, recipe }: { readonly name: FieldName; readonly recipe: Recipe }) {
  return (
    <FormField
      param={name}
      kind={recipeSchema[name]}
      label={titles[name]}
      given={[recipe[name]]}
      onChange={(value, visit) => changeRecipe({ [name]: value } as Partial<Recipe>, visit)}
    />
  );
}

/** The size of the drawing's input: one number; where it is no square, height and width differ. */
function SizeField() {
  const shape = useEditor((s) => inputOf(s.lowered.document)?.shape);
  if (shape?.length !== 3) return null;
  const [height, width, channels = 1] = shape;
  const help = `The drawing's input is ${shape.join(' × ')}; pictures are resized to it. A change resizes the input.`;
  return (
    <FormField
      param="size"
      kind={{ ...recipeSchema.size, help }}
      label="Picture size"
      given={[height, width]}
      onChange={(size, visit) => resizeInput([Number(size), Number(size), channels], visit)}
    />
  );
}

function FieldGroup({
  group: { title, about, fields },
  recipe,
}: {
  readonly group: Group;
  readonly recipe: Recipe;
}) {
  const changed = changedWords(fields, recipe, defaults);
  return (
    <details className="more">
      <summary>
        <span>{title}</span>
        {changed && <span className="recipe-changed">{changed}</span>}
      </summary>
      {about && <p className="recipe-about">{about}</p>}
      <div className="recipe-fields">
        {fields.map((name) => (
          <Field key={name} {...{ name, recipe }} />
        ))}
      </div>
    </details>
  );
}

export function RecipeFields({ recipe }: { readonly recipe: Recipe }) {
  return (
    <>
      <div className="recipe-fields">
        <SizeField />
        {common.map((name) => (
          <Field key={name} {...{ name, recipe }} />
        ))}
      </div>
      <div className="recipe-groups">
        {groups.map((group) => (
          <FieldGroup key={group.title} {...{ group, recipe }} />
        ))}
      </div>
    </>
  );
}

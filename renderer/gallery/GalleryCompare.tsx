import type { Template } from '../../src/templates/template.ts';
import { call } from '../bridge.ts';
import type { PictureTheme } from '../picture/colours.ts';
import { addressOf } from '../picture/svg.ts';
import { exact, short } from '../ui/format.ts';
import { sayError } from '../ui/toasts.tsx';
import { type Choice, figuresOf } from './choices.ts';
import { stagesOf } from './thumbnail.ts';

interface GalleryCompareProps {
  readonly template: Template;
  readonly choice: Choice;
  readonly theme: PictureTheme;
}

/** The chosen template with its skips and without, side by side. */
export function GalleryCompare(props: GalleryCompareProps) {
  return (
    <>
      <div className="gallery-compare">
        <Side {...props} plain={false} />
        <Side {...props} plain />
      </div>
      <p className="gallery-words">
        Without skips a deeper network can end with a higher training error than a shallower one, because its
        added layers must learn to hand on what comes in; with a skip that is where every block begins.{' '}
        <button
          type="button"
          className="gallery-link"
          onClick={() => call('shell.openLink', { url: 'https://arxiv.org/abs/1512.03385' }).catch(sayError)}
        >
          He et al. 2015
        </button>
      </p>
    </>
  );
}

function Side({ template, choice, theme, plain }: GalleryCompareProps & { readonly plain: boolean }) {
  const { params, macs } = figuresOf(template, choice, plain);
  return (
    <figure className="gallery-side">
      <img src={addressOf(stagesOf(template.id, plain, theme))} alt="" />
      <figcaption>
        <strong>{plain ? 'Plain: no skips' : 'Residual'}</strong>
        <span title={`${exact(params)} parameters`}>{short(params)} parameters</span>
        <span title={`${exact(macs)} multiply–accumulates an image`}>{short(macs)} MACs</span>
      </figcaption>
    </figure>
  );
}

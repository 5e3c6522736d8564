import type { Subject } from './store.ts';
import { useSubjects } from './subjects.ts';

interface SubjectFieldProps {
  readonly label: string;
  readonly value: Subject;
  readonly onChange: (subject: Subject) => void;
}

const groups = ['Drawing', 'Runs', 'Files', 'Templates'] as const;

/** A drawing to be chosen: the open one, one of a run or a file, a template. */
export function SubjectField({ label, value, onChange }: SubjectFieldProps) {
  const subjects = useSubjects();
  return (
    <select
      className="input"
      aria-label={label}
      value={value}
      onChange={(e) => onChange(e.target.value as Subject)}
    >
      {groups
        .filter((group) => subjects.some((s) => s.group === group))
        .map((group) => (
          <optgroup key={group} label={group}>
            {subjects
              .filter((s) => s.group === group)
              .map(({ subject, title }) => (
                <option key={subject} value={subject}>
                  {title}
                </option>
              ))}
          </optgroup>
        ))}
    </select>
  );
}

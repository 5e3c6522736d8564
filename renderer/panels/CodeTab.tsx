import { Copy, Download } from 'lucide-react';
import { memo, useDeferredValue, useMemo } from 'react';
import { writeDocument } from '../../src/document/file.ts';
import { downloadDocument } from '../files/actions.ts';
import { useEditor } from '../state/editor.ts';
import { Button } from '../ui/Button.tsx';
import { exact } from '../ui/format.ts';
import { copyText } from './bottom-copy.ts';
import { tokensOf } from './code-tokens.ts';

const MOST_LINES = 2000;
/** A single node may have parameters of any length. */
const MOST_CHARACTERS = 2000;

/** The drawing as its file has it. */
export function CodeTab() {
  const document = useDeferredValue(useEditor((s) => s.history.document));
  const text = useMemo(() => writeDocument(document), [document]);
  const lines = text.trimEnd().split('\n');
  const shown = lines.slice(0, MOST_LINES);
  const cut = lines.length > MOST_LINES || shown.some((l) => l.length > MOST_CHARACTERS);
  return (
    <>
      <div className="bottom-tools">
        <span className="muted">
          {cut
            ? `The first ${exact(shown.length)} of ${exact(lines.length)} lines are shown, long ones cut; copy or download to have all.`
            : `The drawing's own file, ${exact(lines.length)} lines.`}
        </span>
        <Button small onClick={() => void copyText(text, "The drawing's code")}>
          <Copy size={13} aria-hidden="true" /> Copy
        </Button>
        <Button small onClick={downloadDocument}>
          <Download size={13} aria-hidden="true" /> Download
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard. */}
      <section className="code selectable" aria-label="Code of the drawing" tabIndex={0}>
        {shown.map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its number.
          <Line key={i} number={i + 1} text={line.slice(0, MOST_CHARACTERS)} />
        ))}
      </section>
    </>
  );
}

const Line = memo(function Line({ number, text }: { readonly number: number; readonly text: string }) {
  let at = 0;
  return (
    <div className="code-line" data-line={number}>
      {tokensOf(text).map((token) => {
        const key = at;
        at += token.text.length;
        return token.kind === 'other' ? (
          token.text
        ) : (
          <span key={key} className={`code-${token.kind}`}>
            {token.text}
          </span>
        );
      })}
    </div>
  );
});

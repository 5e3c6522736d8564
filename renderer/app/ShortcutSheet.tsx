import { commands } from '../commands/index.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { showShortcut } from '../ui/shortcut.ts';

/** What the canvas does itself, beside the registry. */
const gestures = [
  ['Drag from a port', 'draw a wire; every port says whether it fits'],
  ['Double-click the canvas', 'search and add a block there'],
  ['Double-click a node', 'open it in place; a block of your own: edit its inside'],
  ['Shift + drag', 'select by a box'],
  ['Wheel, pinch', 'zoom'],
  ['Space + drag, middle button', 'move the view'],
  ['Tab, arrows on a node', 'go from node to node; move the node'],
] as const;

export function ShortcutSheet({ onClose }: { readonly onClose: () => void }) {
  const categories = [...new Set(commands.map((c) => c.category))];
  return (
    <Dialog title="Keyboard and mouse" onClose={onClose} width={820}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard. */}
      <section className="shortcut-sheet" aria-label="Shortcuts" tabIndex={0}>
        {categories.map((category) => (
          <section key={category}>
            <h3>{category}</h3>
            <dl>
              {commands
                .filter((c) => c.category === category && c.shortcuts)
                .map((c) => (
                  <div key={c.id}>
                    <dt>{c.title}</dt>
                    <dd>
                      {c.shortcuts?.map((s) => (
                        <kbd key={s}>{showShortcut(s)}</kbd>
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
        <section>
          <h3>Mouse</h3>
          <dl>
            {gestures.map(([gesture, meaning]) => (
              <div key={gesture}>
                <dt>{meaning}</dt>
                <dd>
                  <kbd>{gesture}</kbd>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      </section>
    </Dialog>
  );
}

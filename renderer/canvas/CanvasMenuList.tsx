import { findCommand } from '../commands/index.ts';
import { runCommand } from '../commands/run.ts';
import { Menu, type MenuEntry } from '../ui/Menu.tsx';
import { type CanvasMenu, setUi, useCanvasUi } from './ui.ts';

const close = () => setUi({ menu: null });

const entries: Readonly<Record<CanvasMenu['kind'], readonly string[]>> = {
  node: [
    ...['edit.rename', 'view.open', 'network.editBlock', 'network.connect', '---'],
    ...['edit.cut', 'edit.copy', 'edit.duplicate', '---'],
    ...['network.group', 'network.unpack', 'network.frame', '---'],
    ...['edit.bypass', 'edit.deleteReconnect', 'edit.delete'],
  ],
  note: ['edit.cut', 'edit.copy', '---', 'edit.delete'],
  wire: ['edit.delete'],
  canvas: [
    ...['network.add', 'edit.paste', '---', 'network.comment', 'network.frame', '---'],
    ...['edit.selectAll', 'network.layout', 'view.fit', 'view.closeAll', 'view.minimap'],
  ],
};

/** The context menu: commands of the registry. */
export function CanvasMenuList() {
  const menu = useCanvasUi((s) => s.menu);
  if (!menu) return null;
  const list = entries[menu.kind].map((id): MenuEntry => {
    const command = findCommand(id);
    if (!command) return 'separator';
    const why = command.blocked?.();
    return {
      title: command.title,
      shortcut: command.shortcuts?.[0],
      disabled: why !== undefined,
      hint: why && `Not now: ${why}`,
      checked: command.checked?.(),
      run: () => void runCommand(command),
    };
  });
  return <Menu label="Commands" at={menu.screen} entries={list} onClose={close} />;
}

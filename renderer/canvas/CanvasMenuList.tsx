import { entriesOf } from '../commands/entries.ts';
import { Menu } from '../ui/Menu.tsx';
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
  return <Menu label="Commands" at={menu.screen} entries={entriesOf(entries[menu.kind])} onClose={close} />;
}

/** A command is one object: menus, palette, shortcuts, tooltips and the help sheet all read it. */

/** 'drawing': it needs the drawing to be shown. 'canvas': its shortcut also needs the drawing to have the focus. */
type Scope = 'drawing' | 'canvas';

export interface Command {
  /** As 'edit.duplicate'. */
  readonly id: string;
  readonly title: string;
  readonly category: 'File' | 'Edit' | 'View' | 'Network' | 'Train' | 'Help';
  /** As 'Mod+Shift+S'; several do the same, the first is shown. */
  readonly shortcuts?: readonly string[];
  /** Absent: it can run everywhere. */
  readonly scope?: Scope;
  /** Undefined: it can run. A sentence: why it cannot, now. */
  readonly blocked?: () => string | undefined;
  readonly checked?: () => boolean;
  readonly run: () => void | Promise<void>;
  /** Further words that the palette finds it by. */
  readonly words?: string;
}

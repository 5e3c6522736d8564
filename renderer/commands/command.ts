/** A command is one object: menus, palette, shortcuts, tooltips and the help sheet all read it. */

/** Where a shortcut counts: everywhere, or only while the drawing has the focus. */
export type Scope = 'global' | 'canvas';

export interface Command {
  /** As 'edit.duplicate'. */
  readonly id: string;
  readonly title: string;
  readonly category: 'File' | 'Edit' | 'View' | 'Network' | 'Train' | 'Help';
  /** As 'Mod+Shift+S'; several do the same, the first is shown. */
  readonly shortcuts?: readonly string[];
  readonly scope?: Scope;
  /** Undefined: it can run. A sentence: why it cannot, now. */
  readonly blocked?: () => string | undefined;
  readonly checked?: () => boolean;
  readonly run: () => void | Promise<void>;
  /** Further words that the palette finds it by. */
  readonly words?: string;
  /** Not in the palette: it makes sense by key alone. */
  readonly hidden?: boolean;
}

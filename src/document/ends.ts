/** Where data comes into a drawing or a block, and where it leaves. */
const ends: ReadonlySet<string> = new Set(['input', 'output', 'block-input', 'block-output']);

export const isEnd = ({ type }: { readonly type: string }): boolean => ends.has(type);

/** SVG as text. Everything that a person wrote goes through `escaped`. */

const special: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for XML: control characters and halves of characters, which XML does not take, are left out. */
export const escaped = (text: string): string =>
  text
    .replaceAll(/(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu, '')
    .replaceAll(/[&<>"']/g, (c) => special[c] as string);

type Attributes = Readonly<Record<string, string | number | undefined>>;

const round = (value: number) => Math.round(value * 100) / 100;

/** An element; `content` is markup already. Attributes that are undefined are left out. */
export function element(name: string, attributes: Attributes, content = ''): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? round(value) : escaped(value as string)}"`)
    .join('');
  return content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

export const words = (attributes: Attributes, text: string) => element('text', attributes, escaped(text));

/** Width of a letter, as a share of the size: no fonts are measured here, and a reader may have a wide one. */
const LETTER = 0.62;

export const widthOf = (text: string, size: number) => text.length * size * LETTER;

/** Cut where it would leave its box. */
export function fitted(text: string, size: number, width: number): string {
  const most = Math.floor(width / (size * LETTER));
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`;
}

/** Lines of at most so many pixels. */
export function wrapped(text: string, size: number, width: number): string[] {
  const most = Math.max(4, Math.floor(width / (size * LETTER)));
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    for (const word of paragraph.split(' ')) {
      const next = line === '' ? word : `${line} ${word}`;
      if (next.length > most && line !== '') {
        lines.push(line);
        line = word;
      } else line = next;
    }
    return [...lines, line];
  });
}

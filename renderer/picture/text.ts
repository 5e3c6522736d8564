/** Text in a picture: what XML takes, and what fits. */

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** XML has no way to write other control characters, nor halves of a surrogate pair. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

export const escapeXml = (text: string): string =>
  text.replaceAll(FORBIDDEN, '\ufffd').replaceAll(/[&<>"']/g, (c) => entities[c] ?? c);

/** How wide a letter of a size is, about: nothing measures text here. */
const LETTER = 0.56;

/** Cut to a width in pixels. */
export function fitted(text: string, width: number, size: number): string {
  const most = Math.max(1, Math.floor(width / (size * LETTER)));
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}…`;
}

/** Lines that fit a width, broken between words, at most so many. */
export function wrapped(text: string, width: number, size: number, most: number): string[] {
  const room = Math.max(1, Math.floor(width / (size * LETTER)));
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      const longer = line ? `${line} ${word}` : word;
      if (longer.length <= room || !line) line = longer;
      else {
        lines.push(line);
        line = word;
      }
      while (line.length > room) {
        lines.push(line.slice(0, room));
        line = line.slice(room);
      }
    }
    lines.push(line);
  }
  return lines.slice(0, Math.max(0, most));
}

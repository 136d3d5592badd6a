// Control characters, invisible format characters (those that turn the direction of writing are among them), halves of surrogate pairs,
// and what separates lines besides the line feed.
const classes = '[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]';
// Made when first used: literals with such classes would cost every program a millisecond at its start.
let unsafe: RegExp | undefined;
let unsafeInLine: RegExp | undefined;

/**
 * Text from a file, a guest, a server or a variable, safe for a terminal and for a reader: line feeds and tabs stay; other control
 * characters, and invisible characters, are written as `\x1b` or `\u202e`.
 */
export function printable(text: string): string {
  unsafe ??= new RegExp(`(?![\\n\\t])${classes}`, 'gu');
  return text.replace(unsafe, escaped);
}

/**
 * {@link printable} for text that must stay on one line: a name or a path. Line feeds and tabs are written as `\x0a` and `\x09` too.
 *
 * @param most number of characters that are shown; the middle of a longer text is omitted. Default: all.
 */
export function printableName(text: string, most = Number.POSITIVE_INFINITY): string {
  unsafeInLine ??= new RegExp(classes, 'gu');
  return shorten(text, most).replace(unsafeInLine, escaped);
}

/** The name that a guest gives to something, as a message shows it: in its line, and never longer than a line or two. */
export function shownName(name: string): string {
  return printableName(name, 200);
}

/** The beginning and the end of a text that is longer than `most` characters. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) {
    return text;
  }
  const half = Math.floor(most / 2);
  return `${text.slice(0, half)} … (${text.length - 2 * half} more characters) … ${text.slice(text.length - half)}`;
}

function escaped(character: string): string {
  // A character beyond 16 bits is written as its two halves, as JavaScript and JSON write it.
  return Array.from({ length: character.length }, (_, index) => {
    const unit = character.charCodeAt(index);
    const digits = unit.toString(16);
    return unit < 0x100 ? `\\x${digits.padStart(2, '0')}` : `\\u${digits.padStart(4, '0')}`;
  }).join('');
}

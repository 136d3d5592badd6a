import type { WriteStream } from 'node:tty';

/** What text may be shown in. */
export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** Colours text when the stream is a terminal, unless the variable `NO_COLOR` is set; and always when `FORCE_COLOR` is, and not 0. */
export function paint(stream: WriteStream, style: Style, text: string): string {
  return hasColours(stream) ? styled(style, text) : text;
}

/** Whether a stream shows colours; `FORCE_COLOR` comes before `NO_COLOR`, as in Node.js itself. */
export function hasColours(stream: WriteStream): boolean {
  const { FORCE_COLOR: forced, NO_COLOR: refused } = process.env;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return stream.isTTY === true && !refused && process.env.TERM !== 'dumb';
}

/** Text between the codes of a style. Node.js's `styleText` leaves them out where stdout is not a terminal, whatever stream is meant. */
export function styled(style: Style, text: string): string {
  const [on, off] = process.getBuiltinModule('node:util').inspect.colors[style] as [number, number];
  return `\x1b[${on}m${text}\x1b[${off}m`;
}

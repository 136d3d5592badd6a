import type { WriteStream } from 'node:tty';
import { styleText } from 'node:util';

/** Colours text when the stream is a terminal and the variable `NO_COLOR` is not set. */
export function paint(stream: WriteStream, style: 'bold' | 'red', text: string): string {
  return stream.isTTY && !process.env.NO_COLOR ? styleText(style, text) : text;
}

import { readFileSync } from 'node:fs';

/** The URL of the running text, which the line before the program sets. */
declare const helperUrl: string;

/** What `program-text.ts` is within the text itself: the text that runs, without its first line. */
export function programText(): string {
  const [, encoded] = helperUrl.split(';base64,');
  const own =
    encoded === undefined
      ? readFileSync(new URL(helperUrl), 'utf8')
      : Buffer.from(encoded, 'base64').toString('utf8');
  return own.slice(own.indexOf('\n') + 1);
}

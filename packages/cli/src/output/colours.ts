import { type Style, styled } from './paint.js';

/** What is coloured in a report, by the style: headings are bold, what is well green, what is to be known yellow, what is wrong red. */
export type Colours = Readonly<Partial<Record<Style, RegExp>>>;

/** A text with its colours. `^` and `$` are the ends of lines. */
export function coloured(text: string, colours: Colours): string {
  const styles = Object.entries(colours) as [Style, RegExp][];
  // In one go, since the codes of one colour would be text for the next.
  const all = new RegExp(styles.map(([style, { source }]) => `(?<${style}>${source})`).join('|'), 'gm');
  return text.replace(all, (match: string, ...rest: unknown[]) => {
    const groups = rest.at(-1) as Record<string, string | undefined>;
    const style = styles.find(([name]) => groups[name] !== undefined)?.[0];
    return style === undefined ? match : styled(style, match);
  });
}

import { literal } from './json-rules.js';

/** Names that begin with the same characters. */
interface Branch {
  readonly next: Map<string, Branch>;
  isName: boolean;
}

/**
 * An expression for all texts but some, as they stand between quotation marks in JSON, without escapes: with them, the same text could be written in another way.
 *
 * @param rule makes a rule of an expression, and gives its name.
 */
export function otherTexts(names: readonly string[], rule: (expression: string) => string): string {
  const root: Branch = { next: new Map(), isName: false };
  // What must be escaped cannot be written anyway.
  for (const name of names.filter((each) => JSON.stringify(each) === `"${each}"` && !each.includes('\x7f'))) {
    let branch = root;
    for (const letter of name) {
      const next = branch.next.get(letter) ?? { next: new Map(), isName: false };
      branch.next.set(letter, next);
      branch = next;
    }
    branch.isName = true;
  }
  return expressionOf(root, rule);
}

function expressionOf({ next, isName }: Branch, rule: (expression: string) => string): string {
  const letters = [...next.keys()].map((letter) => letter.replace(/[\]^\\-]/g, inSet)).join('');
  const others = `[^"\\\\\\x7F\\x00-\\x1F${letters}] plain*`;
  const known = [...next].map(([letter, branch]) => `${literal(letter)} ${expressionOf(branch, rule)}`);
  return rule([...known, others, ...(isName ? [] : ['""'])].join(' | '));
}

const inSet = (letter: string) => `\\x${letter.charCodeAt(0).toString(16).padStart(2, '0')}`;

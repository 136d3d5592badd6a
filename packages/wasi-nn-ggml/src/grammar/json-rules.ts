/** Rules of the grammar of JSON that those of schemas refer to, by their names. Blanks are bounded: a model may otherwise write nothing else. */
export const jsonRules = {
  ws: '"" | " " | "\\n" [ \\t]{0,20}',
  value: 'object | array | string | number | boolean | null',
  object: '"{" ws (string ":" ws value ("," ws string ":" ws value)*)? "}" ws',
  array: '"[" ws (value ("," ws value)*)? "]" ws',
  char: '[^"\\\\\\x7F\\x00-\\x1F] | "\\\\" (["\\\\bfnrt/] | "u" unit)',
  plain: '[^"\\\\\\x7F\\x00-\\x1F]',
  // Halves of surrogate pairs would count as characters.
  unit: '([0-9a-cA-CefEF] [0-9a-fA-F] | [dD] [0-7]) [0-9a-fA-F]{2}',
  string: '"\\"" char* "\\"" ws',
  digits: '"0" | [1-9] [0-9]{0,15}',
  fraction: '"." [0-9]{1,16}',
  exponent: '[eE] [-+]? [0-9]{1,3}',
  number: '"-"? digits fraction? exponent? ws',
  integer: '"-"? digits ws',
  natural: 'digits ws',
  positive: '[1-9] [0-9]{0,15} ws',
  unsigned: 'digits fraction? exponent? ws',
  // Without an exponent, by which it could become 0.
  positivenumber: '([1-9] [0-9]{0,15} fraction? | "0." [0-9]{0,15} [1-9]) ws',
  boolean: '("true" | "false") ws',
  null: '"null" ws',
} as const;

/** A text as a literal of a grammar. */
export function literal(text: string): string {
  const escaped = text.replace(/["\\\n\r\t]/g, (letter) => escapes[letter] ?? letter);
  return `"${escaped}"`;
}

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** So many characters are kept of what a process writes to its standard error: a library tells there why it ends everything. */
export const mostWords = 8192;

/** So many of them are told. */
const told = 500;

/** What Node.js writes behind the reason: places in the code, their headings, and its version. */
const place = /^\s*($|\d+: 0x[0-9a-f]|at |-+ .*stack ?trace|<---|Node\.js v\d)/i;

/** Why a process has ended, by its own words. */
export function lastWords(words: string): string | undefined {
  return words
    .split('\n')
    .findLast((line) => !place.test(line))
    ?.trim()
    .slice(0, told);
}

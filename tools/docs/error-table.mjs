// @ts-check
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Compares the errors of packages with the table of the page that explains them.
 * @param {string[]} sourceFolders
 * @param {string} page a Markdown file with a table row for each code
 * @returns {string[]} what is missing, and what is explained without being there
 */
export function checkErrorTable(sourceFolders, page) {
  return compareCodes(sourceFolders.flatMap(definedCodes), explainedCodes(readFileSync(page, 'utf8')));
}

/**
 * @param {string[]} defined
 * @param {string[]} explained
 */
export function compareCodes(defined, explained) {
  return [
    ...defined.filter((code) => !explained.includes(code)).map((code) => `no row explains ${code}`),
    ...explained.filter((code) => !defined.includes(code)).map((code) => `${code} does not exist`),
    ...explained
      .filter((code, index) => explained.indexOf(code) !== index)
      .map((code) => `two rows explain ${code}`),
  ];
}

/**
 * The codes that the rows of a table begin with.
 * @param {string} markdown
 */
export function explainedCodes(markdown) {
  return [...markdown.matchAll(/^\| *`(ERR_\w+)` *\|/gm)].map((match) => match[1] ?? '');
}

/** @param {string} folder */
function definedCodes(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .flatMap((file) => [...readFileSync(join(folder, file), 'utf8').matchAll(/readonly code = '(ERR_\w+)'/g)])
    .map((match) => match[1] ?? '');
}

// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The links of a Markdown file to files that do not exist.
 * @param {string} path
 * @returns {string[]} the targets as written
 */
export function brokenLinks(path) {
  // Code may look like a link and is none.
  const prose = readFileSync(path, 'utf8').replace(/^( *)```[\s\S]*?^\1```$/gm, '');
  return [...prose.matchAll(/\]\((?!\w+:|#)([^)#\s]+)[^)]*\)/g)]
    .map((match) => match[1] ?? '')
    .filter((target) => !existsSync(join(dirname(path), target)));
}

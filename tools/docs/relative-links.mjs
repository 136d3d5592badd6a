// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The links of a Markdown file to files that do not exist.
 * @param {string} path
 * @returns {string[]} the targets as written
 */
export function brokenLinks(path) {
  return [...readFileSync(path, 'utf8').matchAll(/\]\((?!\w+:|#)([^)#\s]+)[^)]*\)/g)]
    .map((match) => match[1] ?? '')
    .filter((target) => !existsSync(join(dirname(path), target)));
}

// @ts-check
import { readFileSync } from 'node:fs';

/**
 * A fenced block of a Markdown file.
 * @typedef {object} Block
 * @property {string} language the fence's first word: ts, sh, ...
 * @property {string[]} flags the fence's other words: no-run, run, needs=openvino
 * @property {string} code
 * @property {number} line where the fence opens, from 1
 */

/**
 * The fenced blocks of a Markdown file.
 * @param {string} path
 * @returns {Block[]}
 */
export function readBlocks(path) {
  return parseBlocks(readFileSync(path, 'utf8'));
}

/**
 * @param {string} markdown
 * @returns {Block[]}
 */
export function parseBlocks(markdown) {
  /** @type {Block[]} */
  const blocks = [];
  /** @type {(Block & { indent: number }) | undefined} */
  let open;
  for (const [index, line] of markdown.split('\n').entries()) {
    const fence = /^( *)```+ *(.*)$/.exec(line);
    if (fence === null) {
      if (open !== undefined) open.code += `${line.slice(Math.min(open.indent, line.length))}\n`;
    } else if (open === undefined) {
      const [language = '', ...flags] = (fence[2] ?? '').split(/[\s,]+/).filter((word) => word !== '');
      open = { language, flags, code: '', line: index + 1, indent: fence[1]?.length ?? 0 };
    } else {
      const { indent: _, ...block } = open;
      blocks.push(block);
      open = undefined;
    }
  }
  return blocks;
}

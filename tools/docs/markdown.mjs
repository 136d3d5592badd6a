// @ts-check
import { remark } from 'remark';
import remarkGfm from 'remark-gfm';
import { visit } from 'unist-util-visit';

/**
 * A fenced block.
 * @typedef {object} Block
 * @property {string} language the fence's first word: ts, sh, ...
 * @property {string[]} flags the fence's other words: no-run, run, needs=openvino
 * @property {string} code
 * @property {number} line where the fence opens, from 1
 */

/**
 * What the checks need of a page.
 * @typedef {object} Page
 * @property {Block[]} blocks
 * @property {string[]} links targets of links and images, as written
 * @property {string[]} errorCodes those that the rows of tables begin with
 */

const parser = remark().use(remarkGfm);

/** @param {string} markdown @returns {Page} */
export function readPage(markdown) {
  /** @type {Page} */
  const page = { blocks: [], links: [], errorCodes: [] };
  visit(parser.parse(markdown), (node) => {
    if (node.type === 'code') {
      const flags = (node.meta ?? '').split(/\s+/).filter((word) => word !== '');
      const code = node.value === '' ? '' : `${node.value}\n`;
      page.blocks.push({ language: node.lang ?? '', flags, code, line: node.position?.start.line ?? 0 });
    } else if (node.type === 'link' || node.type === 'image' || node.type === 'definition') {
      page.links.push(node.url);
    } else if (node.type === 'tableRow') {
      const [first] = node.children[0]?.children ?? [];
      if (first?.type === 'inlineCode' && first.value.startsWith('ERR_')) page.errorCodes.push(first.value);
    }
  });
  return page;
}

/** The value of a block's flag `name=value`. @param {Pick<Block, 'flags'>} block @param {string} name */
export function flagValue({ flags }, name) {
  return flags.find((flag) => flag.startsWith(`${name}=`))?.slice(name.length + 1);
}

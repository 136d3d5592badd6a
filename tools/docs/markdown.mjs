// @ts-check
import { remark } from 'remark';
import remarkGfm from 'remark-gfm';
import { visit } from 'unist-util-visit';

/** A fenced block, where it opens, and the words of its fence after the first. @typedef {{ language: string, flags: string[], code: string, line: number }} Block */

const parser = remark().use(remarkGfm);

/** What the checks need of a page: blocks, targets of links and images as written, and the error codes that rows of tables begin with. @param {string} markdown */
export function readPage(markdown) {
  const page = {
    blocks: /** @type {Block[]} */ ([]),
    links: /** @type {string[]} */ ([]),
    errorCodes: /** @type {string[]} */ ([]),
  };
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

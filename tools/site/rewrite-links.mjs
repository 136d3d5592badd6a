// @ts-check
import { posix } from 'node:path';
import { remark } from 'remark';
import remarkGfm from 'remark-gfm';
import { visit } from 'unist-util-visit';

const parser = remark().use(remarkGfm);

/**
 * A page as the site has it: links to other pages lead to those, also where they are written as addresses of the repository, and links to
 * other files lead to the repository.
 * @param {string} markdown
 * @param {object} site
 * @param {string} site.path the page's own
 * @param {(path: string) => boolean} site.isPage
 * @param {string} site.address of the repository
 */
export function rewriteLinks(markdown, { path, isPage, address }) {
  /** @type {{ start: number, end: number, before: string, after: string }[]} */
  const changes = [];
  visit(parser.parse(markdown), (node) => {
    if (node.type !== 'link' && node.type !== 'definition' && node.type !== 'image') return;
    const after = rewritten(node.url);
    const start = node.position?.start.offset;
    const end = node.position?.end.offset;
    if (after === node.url || start === undefined || end === undefined) return;
    changes.push({ start, end, before: node.url, after });
  });
  let text = markdown;
  // From the end, so that what lies before keeps its place; a link may lie in another's text.
  for (const { start, end, before, after } of changes.sort((a, b) => b.start - a.start)) {
    const at = text.lastIndexOf(before, end);
    if (at >= start) text = `${text.slice(0, at)}${after}${text.slice(at + before.length)}`;
  }
  return text;

  /** @param {string} url */
  function rewritten(url) {
    const inRepository = new RegExp(`^${address}/(?:blob|tree)/main/`);
    if (/^(\w+:|#)/.test(url) && !inRepository.test(url)) return url;
    const [target = '', ...anchor] = url.split(/(?=#)/);
    const file = inRepository.test(target)
      ? posix.normalize(target.replace(inRepository, ''))
      : posix.join(posix.dirname(path), target);
    const page = [file, posix.join(file, 'README.md')].find(isPage);
    if (page === undefined) return `${address}/blob/main/${file}${anchor.join('')}`;
    const relative = posix.relative(posix.dirname(path), page);
    return `${relative.startsWith('.') ? '' : './'}${relative}${anchor.join('')}`;
  }
}

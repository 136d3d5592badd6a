// @ts-check
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { inflateSync } from 'node:zlib';

/**
 * A page of the made site: its identifiers, and where it leads, as written.
 * @typedef {{ ids: Set<string>, links: string[] }} SitePage
 * @param {string} folder the site
 * @returns {Map<string, SitePage>} by their paths
 */
export function readSite(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.html'),
  );
  return new Map(
    files.map((file) => [file.replaceAll('\\', '/'), readPage(readFileSync(join(folder, file), 'utf8'))]),
  );
}

/** @param {string} html @returns {SitePage} */
function readPage(html) {
  const values = (/** @type {string} */ name) =>
    [...html.matchAll(new RegExp(`\\s${name}="([^"]*)"`, 'g'))].map(([, value = '']) => decode(value));
  return { ids: new Set(values('id')), links: values('href') };
}

/** @param {string} text as it is in an attribute */
function decode(text) {
  const named = /** @type {Record<string, string>} */ ({ amp: '&', quot: '"', lt: '<', gt: '>' });
  return text
    .replace(/&#x([\da-f]+);/gi, (_all, digits) => String.fromCodePoint(Number.parseInt(digits, 16)))
    .replace(/&#(\d+);/g, (_all, digits) => String.fromCodePoint(Number(digits)))
    .replace(/&(amp|quot|lt|gt);/g, (_all, name) => named[name] ?? '');
}

/**
 * Links of the site that lead to no page, or to no place in it.
 * @param {Map<string, SitePage>} pages
 * @param {(path: string) => boolean} isFile whether the site has a file that is no page
 * @returns {string[]} each with its page
 */
export function deadLinks(pages, isFile) {
  /** @type {Set<string>} */
  const dead = new Set();
  for (const [path, { links }] of pages) {
    for (const link of links) {
      if (/^(https?|mailto|data):/.test(link)) continue;
      const [target = '', anchor] = link.split('#').map(decodeURIComponent);
      const file = target === '' ? path : posix.join(posix.dirname(path), target);
      const page = pages.get(file);
      const leads = page === undefined ? isFile(file) : !anchor || page.ids.has(anchor);
      if (!leads) dead.add(`${path}: ${link}`);
    }
  }
  return [...dead];
}

/** Where entries of the search lead. @param {string} folder the site @returns {string[]} */
export function searchTargets(folder) {
  const [, data = ''] = /"([^"]+)"/.exec(readFileSync(join(folder, 'assets/search.js'), 'utf8')) ?? [];
  const { rows } = JSON.parse(inflateSync(Buffer.from(data, 'base64')).toString());
  return rows.map((/** @type {{ url: string }} */ { url }) => url);
}

// @ts-check
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { publicAddress } from '../lib/public-address.mjs';
import { repositoryRoot } from '../lib/repository.mjs';
import { documentationPages, startPage } from './pages.mjs';
import { rewriteLinks } from './rewrite-links.mjs';

/**
 * Writes the pages of the documentation as TypeDoc takes them: with links as the site has them, and what it needs to know in front.
 * @param {string} folder where to
 * @returns {{ readme: string, projectDocuments: string[] }} TypeDoc's options for them
 */
export function writeDocuments(folder) {
  const pages = documentationPages();
  const paths = new Set([startPage, ...pages.map(({ path }) => path)]);
  const site = { isPage: (/** @type {string} */ path) => paths.has(path), address: publicAddress() };
  const write = (/** @type {string} */ path, /** @type {string} */ front) => {
    const markdown = rewriteLinks(readFileSync(join(repositoryRoot, path), 'utf8'), { ...site, path });
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${front}${markdown}`);
    return join(folder, path);
  };
  const top = pages.flatMap(({ path, title, group, above }) => {
    const children = pages.filter((page) => page.above === path).map((page) => `./${basename(page.path)}`);
    const front = { title, group, ...(children.length === 0 ? {} : { children }) };
    // JSON is YAML too.
    const lines = Object.entries(front).map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`);
    const written = write(path, `---\n${lines.join('')}---\n`);
    return above === undefined ? [written] : [];
  });
  return { readme: write(startPage, ''), projectDocuments: top };
}

// @ts-check
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { exampleFolders, publicPackages, repositoryRoot } from '../lib/repository.mjs';

/**
 * A page of the documentation, by its path in the checkout; where it has a page above it, that one's path.
 * @typedef {{ path: string, title: string, group: string, above?: string }} Page
 */

/** Groups of pages, in the order of the navigation. */
export const groups = ['Guides', 'Packages', 'Examples', 'Project'];

/** The page that the site begins with. */
export const startPage = 'README.md';

/** Pages with pages below them: every other one of their folder. */
const overviews = ['docs/architecture/README.md', 'docs/decisions/README.md'];

/** All pages of the site, the first excepted. @returns {Page[]} */
export function documentationPages() {
  const ofFolder = (/** @type {string} */ folder) =>
    readdirSync(join(repositoryRoot, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name));
  const readmes = (/** @type {string[]} */ folders) =>
    folders.map((folder) => join(relative(repositoryRoot, folder), 'README.md'));
  const below = overviews.flatMap((above) =>
    ofFolder(join(above, '..'))
      .filter((path) => path !== above)
      .map((path) => ({ path, group: 'Project', above })),
  );
  return [
    ...ofFolder('docs').map((path) => ({ path, group: 'Guides' })),
    ...readmes(publicPackages().map(({ folder }) => folder)).map((path) => ({ path, group: 'Packages' })),
    ...readmes(exampleFolders()).map((path) => ({ path, group: 'Examples' })),
    ...[...ofFolder('.').filter((path) => path !== startPage), ...overviews].map((path) => ({
      path,
      group: 'Project',
    })),
    ...below,
  ].map((page) => ({ ...page, title: titleOf(page.path) }));
}

/** @param {string} path */
function titleOf(path) {
  const [, title] = /^# (.+)$/m.exec(readFileSync(join(repositoryRoot, path), 'utf8')) ?? [];
  if (title === undefined) throw new Error(`${path} has no heading to be found by: begin it with "# ...".`);
  return title.replaceAll('`', '');
}

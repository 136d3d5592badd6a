// @ts-check
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the checkout. */
export const repositoryRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * The packages that are published, in the order of their folder names.
 * @typedef {{ folder: string, name: string, version: string, private?: boolean, manifest: Record<string, any> }} WorkspacePackage
 * @param {string} [root] the checkout to look at
 * @returns {WorkspacePackage[]}
 */
export function publicPackages(root = repositoryRoot) {
  const packages = join(root, 'packages');
  return readdirSync(packages)
    .map((name) => join(packages, name))
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .map((folder) => {
      const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      return { folder, name: manifest.name, version: manifest.version, private: manifest.private, manifest };
    })
    .filter((entry) => !entry.private);
}

/** The folders of the example projects, which are tested and not published. */
export function exampleFolders() {
  const examples = join(repositoryRoot, 'examples');
  return readdirSync(examples).map((name) => join(examples, name));
}

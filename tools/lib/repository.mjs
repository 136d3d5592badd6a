// @ts-check
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the checkout. */
export const repositoryRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * The packages that are published, in the order of their folder names.
 * @typedef {{ folder: string, name: string, version: string, manifest: Record<string, any> }} WorkspacePackage
 * @param {string} [root] the checkout to look at
 * @returns {WorkspacePackage[]}
 */
export function publicPackages(root = repositoryRoot) {
  return readdirSync(join(root, 'packages')).flatMap((entry) => {
    const folder = join(root, 'packages', entry);
    const path = join(folder, 'package.json');
    const manifest = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { private: true };
    return manifest.private ? [] : [{ folder, name: manifest.name, version: manifest.version, manifest }];
  });
}

/** The folders of the example projects, which are tested and not published. */
export function exampleFolders() {
  const examples = join(repositoryRoot, 'examples');
  return readdirSync(examples).map((name) => join(examples, name));
}

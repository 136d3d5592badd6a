// @ts-check
import { join } from 'node:path';
import { toolEnvironment } from '../lib/dependencies.mjs';
import { publicPackages, repositoryRoot } from '../lib/repository.mjs';
import { capture } from '../lib/run.mjs';

/**
 * A package as it would be published.
 * @typedef {import('../lib/repository.mjs').WorkspacePackage & { tarball: string, files: string[] }} PackedPackage
 */

/**
 * Packs every public package of a checkout that has been built.
 * @param {string} root the checkout
 * @param {string} destination the folder for the tarballs
 * @returns {PackedPackage[]}
 * @throws {Error} when a package cannot be packed
 */
export function packAll(root, destination) {
  return publicPackages(root).map((entry) => {
    const result = pnpmIn(entry.folder, ['pack', '--json', '--pack-destination', destination]);
    if (result.code !== 0) throw new Error(`pnpm pack failed for ${entry.name}:\n${result.output}`);
    const { filename } = JSON.parse(result.stdout.slice(result.stdout.indexOf('{')));
    const files = capture('tar', ['-tzf', filename]).stdout.trim().split('\n');
    const manifest = JSON.parse(capture('tar', ['-xzOf', filename, 'package/package.json']).stdout);
    return {
      ...entry,
      manifest,
      version: manifest.version,
      tarball: filename,
      files: files.map(withoutPrefix),
    };
  });
}

/**
 * Runs the checkout's pnpm in a folder.
 * @param {string} folder
 * @param {string[]} args
 */
export function pnpmIn(folder, args) {
  const pnpm = join(repositoryRoot, 'node_modules/pnpm/bin/pnpm.cjs');
  return capture(process.execPath, [pnpm, ...args], { cwd: folder, env: toolEnvironment() });
}

/** @param {string} path */
function withoutPrefix(path) {
  return path.replace(/^package\//, '');
}

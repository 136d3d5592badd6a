// @ts-check
import { join } from 'node:path';
import { toolEnvironment } from '../lib/dependencies.mjs';
import { publicPackages, repositoryRoot } from '../lib/repository.mjs';
import { capture, captureAsync } from '../lib/run.mjs';

/**
 * A package as it would be published.
 * @typedef {import('../lib/repository.mjs').WorkspacePackage & { tarball: string, files: string[] }} PackedPackage
 */

/**
 * Packs every public package of the checkout, which has been built.
 * @param {string} destination the folder for the tarballs
 * @returns {PackedPackage[]}
 * @throws {Error} when a package cannot be packed
 */
export function packAll(destination) {
  return publicPackages().map((entry) => {
    const result = capture(...pnpmIn(entry.folder, ['pack', '--json', '--pack-destination', destination]));
    if (result.code !== 0) throw new Error(`pnpm pack failed for ${entry.name}:\n${result.output}`);
    const { filename: tarball } = JSON.parse(result.stdout.slice(result.stdout.indexOf('{')));
    const files = capture('tar', ['-tzf', tarball]).stdout.trim().split('\n');
    const manifest = JSON.parse(capture('tar', ['-xzOf', tarball, 'package/package.json']).stdout);
    return { ...entry, manifest, tarball, files: files.map((file) => file.replace(/^package\//, '')) };
  });
}

/** What publishing a package would do. @param {PackedPackage} packed */
export function rehearsePublish({ folder }) {
  return captureAsync(...pnpmIn(folder, ['publish', '--dry-run', '--no-git-checks', '--access', 'public']));
}

/**
 * The checkout's pnpm, in a folder.
 * @param {string} folder
 * @param {string[]} args
 * @returns {[string, string[], import('../lib/run.mjs').RunOptions]}
 */
function pnpmIn(folder, args) {
  const pnpm = join(repositoryRoot, 'node_modules/pnpm/bin/pnpm.cjs');
  return [process.execPath, [pnpm, ...args], { cwd: folder, env: toolEnvironment() }];
}

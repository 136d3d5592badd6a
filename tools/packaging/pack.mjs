// @ts-check
import { toolEnvironment } from '../lib/dependencies.mjs';
import { publicPackages } from '../lib/repository.mjs';
import { capture } from '../lib/run.mjs';

/**
 * Packs every public package of the checkout, which has been built, as it would be published.
 * @typedef {import('../lib/repository.mjs').WorkspacePackage & { tarball: string, files: string[] }} PackedPackage
 * @param {string} destination the folder for the tarballs
 * @returns {PackedPackage[]}
 */
export function packAll(destination) {
  return publicPackages().map((entry) => {
    const options = { cwd: entry.folder, env: toolEnvironment() };
    const result = capture('pnpm', ['pack', '--json', '--pack-destination', destination], options);
    if (result.code !== 0) throw new Error(`pnpm pack failed for ${entry.name}:\n${result.output}`);
    const { filename: tarball } = JSON.parse(result.stdout.slice(result.stdout.indexOf('{')));
    const files = capture('tar', ['-tzf', tarball])
      .stdout.trim()
      .replaceAll(/^package\//gm, '')
      .split('\n');
    const manifest = JSON.parse(capture('tar', ['-xzOf', tarball, 'package/package.json']).stdout);
    return { ...entry, manifest, tarball, files };
  });
}

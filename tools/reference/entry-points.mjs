// @ts-check
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { publicPackages } from '../lib/repository.mjs';

/**
 * What users can import from the packages, as sources: every entry of `exports` that has types.
 * @typedef {{ name: string, file: string }} EntryPoint `name` as it is imported
 * @returns {EntryPoint[]}
 * @throws {Error} when a package's tsup.config.ts does not say which source an entry is built from
 */
export function entryPoints() {
  return publicPackages().flatMap(({ folder, name, manifest }) => {
    const config = readFileSync(join(folder, 'tsup.config.ts'), 'utf8');
    const sources = new Map(
      [...config.matchAll(/([\w-]+)'?: '((?:src|conformance)\/[^']+\.ts)'/g)].map(([, entry, source]) => [
        entry,
        source,
      ]),
    );
    return Object.entries(manifest.exports)
      .filter(([, target]) => target.types)
      .map(([subpath, { types }]) => {
        const source = sources.get(basename(types, '.d.ts'));
        if (source === undefined) throw new Error(`${folder}/tsup.config.ts has no entry for ${types}.`);
        return { name: join(name, subpath), file: join(folder, source) };
      });
  });
}

/**
 * For the TypeScript option `paths`, so that packages read each other's sources and nothing has to be built.
 * @param {EntryPoint[]} entries
 */
export function sourcePaths(entries) {
  return Object.fromEntries(entries.map(({ name, file }) => [name, [file]]));
}

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageFile } from '@wasmedge-plugins/wasi-nn/kit';
import type { Libtorch } from './find-libtorch.js';

/**
 * The folder of the shim's sources.
 *
 * @throws {BackendUnavailableError} when it is not there, as in a bundle.
 */
export function shimSources(): string {
  const name = '@wasmedge-plugins/wasi-nn-pytorch';
  const from = import.meta.url;
  return fileURLToPath(packageFile({ package: name, from, built: '../shim/', source: '../../shim/' }));
}

/**
 * The file of the shim for one libtorch, in the user's cache. Its name changes with the libtorch and with the shim's sources, so a file that
 * is there fits.
 */
export function shimFile({ core, version }: Libtorch): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(shimSources()).sort()) {
    hash.update(name).update(readFileSync(join(shimSources(), name)));
  }
  const { size, mtimeMs } = statSync(core);
  hash.update(JSON.stringify([process.platform, process.arch, realpathSync(core), size, mtimeMs]));
  const extension = process.platform === 'darwin' ? 'dylib' : 'so';
  const name = `torch-shim-${version}-${hash.digest('hex').slice(0, 16)}.${extension}`;
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'wasmedge-plugins', name);
}

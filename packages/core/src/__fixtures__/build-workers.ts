import { readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { workerUrl } from '../helpers/worker-url.js';
import { compile } from './compile.js';

/** Compiles every `*-worker.ts` to where {@link workerUrl} looks for it from source. Runs once before the tests. */
export async function setup(): Promise<void> {
  const source = fileURLToPath(new URL('..', import.meta.url));
  const workers = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('-worker.ts'))
    .map((file) => join(source, file));
  const target = fileURLToPath(new URL('.', workerUrl('any') as URL));
  // Each file is moved into place whole, since another test run may be reading the old one.
  const building = `${target}building-${process.pid}`;
  try {
    await compile(workers, building);
    for (const file of readdirSync(building)) renameSync(join(building, file), join(target, file));
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
}

import { randomUUID } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { HelperName } from '../../helpers/helper-name.js';
import { helperSource } from '../../helpers/helper-program.js';
import { findWorker } from '../../helpers/worker-url.js';
import { privateFolder } from './private-folder.js';

const written = new Map<HelperName, string>();

/** The file of a helper, as a process is started with it; in a bundle one that is written for it. `undefined` when the helper is missing. */
export function helperFile(name: HelperName): string | undefined {
  const url = findWorker(name);
  if (url !== undefined) return fileURLToPath(url);
  const known = written.get(name);
  // What cleans up folders of temporary files may have taken it.
  if (known !== undefined && existsSync(known)) return known;
  const source = helperSource(name);
  if (source === undefined) return undefined;
  const file = join(privateFolder(), `${name}-${randomUUID()}.mjs`);
  writeFileSync(file, source, { mode: 0o600, flag: 'wx' });
  written.set(name, file);
  return file;
}

import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from '../../wasi/__fixtures__/temporary-folder.js';
import { AotCache, type AotCacheOptions } from '../aot-cache.js';
import { cachePlaces } from '../cache-places.js';

/** A cache in a folder of the test's own, with all that it logged. */
export function cacheFolder(options: AotCacheOptions = {}) {
  const folder = temporaryFolder();
  const before = process.env.XDG_STATE_HOME;
  process.env.XDG_STATE_HOME = join(folder, 'state');
  onTestFinished(() => {
    if (before === undefined) delete process.env.XDG_STATE_HOME;
    else process.env.XDG_STATE_HOME = before;
  });
  const directory = join(folder, 'cache');
  const logged: string[] = [];
  const logger = (level: string, text: string) => logged.push(`${level}: ${text}`);
  const open = (other: AotCacheOptions = {}) => new AotCache({ directory, ...options, ...other }, logger);
  return { folder, directory, places: cachePlaces(directory), cache: open(), open, logged };
}

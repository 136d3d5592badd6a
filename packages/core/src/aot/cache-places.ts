import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The variable that names another folder for compiled code. */
export const cacheVariable = 'WASMEDGE_PLUGINS_AOT_CACHE';

/** Where the parts of a cache are. */
export interface CachePlaces {
  /** The folder of the cache. */
  readonly root: string;
  /** Compiled code; each file has its SHA-256 for a name. */
  readonly code: string;
  readonly locks: string;
  /** Apart from the cache, wherever that is: the folder of what vouches for its files. */
  readonly state: string;
  /** One seal for each key. */
  readonly seals: string;
}

/**
 * Where the cache is.
 *
 * @param directory another folder than the usual one.
 */
export function cachePlaces(directory: string | undefined): CachePlaces {
  const named = directory ?? (process.env[cacheVariable] || undefined);
  const root = resolve(named ?? join(userFolder('XDG_CACHE_HOME', '.cache'), 'wasmedge-plugins', 'aot'));
  const state = resolve(join(userFolder('XDG_STATE_HOME', '.local/state'), 'wasmedge-plugins', 'aot'));
  const ours = createHash('sha256').update(root).digest('hex').slice(0, 16);
  return {
    root,
    code: join(root, 'code'),
    locks: join(root, 'locks'),
    state,
    seals: join(state, `seals-${ours}`),
  };
}

function userFolder(variable: string, usual: string): string {
  const named = process.env[variable];
  if (named?.startsWith('/')) return named;
  const onWindows = process.platform === 'win32' ? process.env.LOCALAPPDATA : undefined;
  return onWindows ?? join(homedir(), usual);
}

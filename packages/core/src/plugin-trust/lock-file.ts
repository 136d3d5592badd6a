import { fileURLToPath } from 'node:url';
import { builtin } from '../builtin.js';
import { PluginLockError } from '../errors/native-plugin-errors.js';
import { printableName } from '../errors/printable.js';
import { describeValue } from '../values/check-arguments.js';

/** One file of a plug-in in a lock file. */
export interface LockedFile {
  /** Name of the file, for a reader; it is not compared. */
  readonly file: string;
  /** SHA-256 of the file, in hexadecimal. */
  readonly sha256: string;
  /** Size in bytes; it is not compared. */
  readonly size: number;
  /** As in `process.platform`. */
  readonly platform: string;
  /** As in `process.arch`. */
  readonly architectures: readonly string[];
}

/** A lock file: the files that may be loaded, by the plug-in's WasmEdge name. */
export interface PluginLock {
  /** Version of the format; a file with another one is refused. */
  readonly lockfileVersion: 1;
  /** For each plug-in's WasmEdge name, the files of it that may be loaded; any one of them is enough. */
  readonly plugins: Readonly<Record<string, readonly LockedFile[]>>;
}

/** The name of a lock file. */
export const lockFileName = 'wasmedge-plugins.lock.json';

const largestFile = 16 * 1024 * 1024;

/**
 * Reads a lock file.
 *
 * @throws {PluginLockError} when it cannot be read or is not valid; nothing is then loaded.
 */
export function readLockFile(path: string | URL): PluginLock {
  const name = path instanceof URL ? fileURLToPath(path) : path;
  let text: string;
  try {
    // Reading from a pipe or a device could wait for ever.
    const kind = builtin('node:fs').statSync(path);
    if (!kind.isFile()) {
      throw new Error('it is not a file');
    }
    if (kind.size > largestFile) {
      throw new Error(`it has ${kind.size} bytes, more than the maximum of ${largestFile}`);
    }
    text = builtin('node:fs').readFileSync(path, 'utf8');
  } catch (cause) {
    throw new PluginLockError(
      `The lock file ${name} cannot be read: ${(cause as Error).message}. Check the path, or write it with wasmedge-plugins lock.`,
      { cause },
    );
  }
  return parseLock(text, name);
}

/**
 * Writes a lock file atomically: whoever reads it meanwhile gets the old one or the new one.
 *
 * @throws {PluginLockError} when it cannot be written.
 */
export function writeLockFile(path: string | URL, lock: PluginLock): void {
  const name = path instanceof URL ? fileURLToPath(path) : path;
  const temporary = `${name}.${process.pid}.tmp`;
  try {
    builtin('node:fs').writeFileSync(temporary, formatLock(lock), { flag: 'wx' });
    builtin('node:fs').renameSync(temporary, name);
  } catch (cause) {
    builtin('node:fs').rmSync(temporary, { force: true });
    throw new PluginLockError(
      `The lock file ${name} cannot be written: ${(cause as Error).message}. Choose a writable folder.`,
      { cause },
    );
  }
}

/** A lock with files for one plug-in added; a file of the same name, platform and architecture is replaced. */
export function addToLock(
  lock: PluginLock | undefined,
  pluginName: string,
  files: readonly LockedFile[],
): PluginLock {
  const plugins = lock?.plugins ?? {};
  // A plug-in may have the name of something that every object has.
  const known = Object.hasOwn(plugins, pluginName) ? plugins[pluginName] : undefined;
  const earlier = (known ?? []).filter((entry) => !files.some((file) => key(file) === key(entry)));
  return {
    lockfileVersion: 1,
    plugins: { ...plugins, [pluginName]: [...earlier, ...files] },
  };
}

/** The text of a lock file: the same plug-ins give the same text, so that it can be compared and committed. */
export function formatLock(lock: PluginLock): string {
  const plugins = Object.keys(lock.plugins)
    .sort()
    .map((name) => {
      const files = [...(lock.plugins[name] ?? [])].sort((a, b) => (key(a) < key(b) ? -1 : 1));
      return [
        name,
        files.map(({ file, sha256, size, platform, architectures }) => ({
          file,
          platform,
          architectures,
          size,
          sha256,
        })),
      ];
    });
  return `${JSON.stringify({ lockfileVersion: 1, plugins: Object.fromEntries(plugins) }, null, 2)}\n`;
}

/** {@link readLockFile} for its text. */
export function parseLock(text: string, name: string): PluginLock {
  const fail = (what: string, cause?: unknown) =>
    new PluginLockError(
      `The lock file ${name} is not valid: ${what}. Write it again with wasmedge-plugins lock, from files that you trust.`,
      { cause },
    );
  if (text.length > largestFile) {
    throw fail('it is too large');
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw fail((cause as Error).message, cause);
  }
  const { lockfileVersion, plugins } = (isObject(value) ? value : {}) as Partial<PluginLock>;
  if (lockfileVersion !== 1) {
    throw fail(`its lockfileVersion is ${describeValue(lockfileVersion)}, but this version reads only 1`);
  }
  if (!isObject(plugins)) {
    throw fail('it has no plugins');
  }
  for (const [plugin, files] of Object.entries(plugins)) {
    if (!Array.isArray(files) || !files.every(isLockedFile)) {
      throw fail(
        `the files of ${printableName(plugin, 200)} must be a list of objects with file, sha256, size, platform and architectures`,
      );
    }
  }
  return { lockfileVersion, plugins };
}

function key({ file, platform, architectures }: LockedFile): string {
  return `${platform} ${architectures.join()} ${file}`;
}

function isLockedFile(value: unknown): value is LockedFile {
  const { file, sha256, size, platform, architectures } = (
    isObject(value) ? value : {}
  ) as Partial<LockedFile>;
  return (
    typeof file === 'string' &&
    typeof sha256 === 'string' &&
    /^[0-9a-f]{64}$/.test(sha256) &&
    Number.isSafeInteger(size) &&
    typeof platform === 'string' &&
    Array.isArray(architectures) &&
    architectures.every((entry) => typeof entry === 'string')
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

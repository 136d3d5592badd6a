import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import type { CodeForm } from '../engines/wasmedge/aot/compiled-code.js';
import { cpuIdentity } from './cpu-identity.js';
import type { OptimizationLevel } from './optimization-level.js';

/** Raised when what is kept, or how it is compiled, changes. */
const cacheVersion = 1;

/** The libwasmedge that compiles and loads. */
export interface CompilingLibrary {
  /** Its file, with every link followed. */
  readonly path: string;
  /** As the library reports it, for example `0.14.1`. */
  readonly version: string;
}

/** What a guest is compiled for. */
export interface CodeTarget {
  readonly library: CompilingLibrary;
  readonly form: CodeForm;
  readonly level: OptimizationLevel;
  /** Whether it is to run on every processor of this architecture. */
  readonly portable: boolean;
}

/** SHA-256 in hexadecimal. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * What compiled code is found by: everything that it depends on.
 *
 * @param guestSha256 that of `guestToCompile()`.
 */
export function codeKey(guestSha256: string, { library, form, level, portable }: CodeTarget): string {
  const parts = [
    cacheVersion,
    guestSha256,
    library.version,
    libraryIdentity(library.path),
    process.platform,
    process.arch,
    portable ? 'any' : cpuIdentity(),
    form,
    level,
  ];
  return sha256Of(Buffer.from(JSON.stringify(parts)));
}

/** Two builds of one version can differ in what compiled code calls. Not the inode, which differs between copies of a container image. */
function libraryIdentity(path: string): string {
  const { size, mtimeNs } = statSync(path, { bigint: true });
  return `${size} ${mtimeNs}`;
}

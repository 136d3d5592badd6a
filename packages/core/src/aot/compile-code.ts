import type { CodeForm } from '../engines/wasmedge/aot/compiled-code.js';
import { GuestAbortError } from '../errors/guest-errors.js';
import type { CompilationOptions } from './ahead-options.js';
import type { AotCache } from './aot-cache.js';
import { type CodeTarget, type CompilingLibrary, sha256Of } from './code-key.js';
import { compileInChild } from './compile-in-child.js';
import type { CompileBounds } from './compile-task.js';
import { knowsCpu } from './cpu-identity.js';
import type { KeptCode } from './kept-code.js';
import { levels, type OptimizationLevel } from './optimization-level.js';
import { Turns } from './turns.js';

/** What code is looked for. */
export interface CodeQuery {
  readonly library: CompilingLibrary;
  readonly form: CodeForm;
  /** Default: any, the highest that there is. */
  readonly level?: OptimizationLevel | undefined;
}

/** How a guest is compiled. */
export interface CompileSettings extends CodeQuery, Omit<CompilationOptions, 'level'> {
  /** What messages call the guest. */
  readonly label: string;
  /** Whether it is to run on every processor of this architecture. Default: no, where it is known which one this is. */
  readonly portable?: boolean | undefined;
  /** Whether others come first where the processor is wanted: nobody waits for it. Default: no. */
  readonly givesWay?: boolean | undefined;
}

/** Compiled code, whether it was there already, and whether it will be. */
export interface CompiledNow extends KeptCode {
  readonly wasCached: boolean;
  readonly isKept: boolean;
}

/** Higher ones take a third longer for the same speed, see docs/compiled-code.md; at level 1 LLVM 19 ends its process for some guests. */
export const defaultLevel: OptimizationLevel = 2;
export const defaultBounds: CompileBounds = { timeoutMs: 600_000, maxMemoryBytes: 2 * 2 ** 30 };

/** A compiler takes a whole processor. */
const turns = new Turns();

/**
 * The code of a guest from the cache, compiled for this processor or for every one.
 *
 * @param guestSha256 that of `guestToCompile()`.
 * @throws {AotCacheError} when others may write to the cache.
 */
export function findCode(cache: AotCache, guestSha256: string, query: CodeQuery): KeptCode | undefined {
  const wanted = query.level === undefined ? [...levels].reverse() : [query.level];
  const kinds = knowsCpu() ? [false, true] : [true];
  for (const level of wanted) {
    for (const portable of kinds) {
      const found = cache.find(guestSha256, { ...query, level, portable });
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/**
 * The code of a guest: from the cache, or compiled now, in a process of its own, and kept. A guest that another process compiles at this
 * time is waited for.
 *
 * @param guest what `guestToCompile()` gave.
 * @throws {GuestCompileError} when it cannot be compiled.
 * @throws {GuestAbortError} when the signal ends it.
 * @throws {AotCacheError} when others may write to the cache.
 */
export async function compileCode(
  cache: AotCache,
  guest: Uint8Array,
  settings: CompileSettings,
): Promise<CompiledNow> {
  const { library, form, level = defaultLevel, portable = !knowsCpu(), signal } = settings;
  const target: CodeTarget = { library, form, level, portable: portable || !knowsCpu() };
  const sha256 = sha256Of(guest);
  try {
    signal?.throwIfAborted();
    return (
      known(cache, sha256, target) ??
      (await turns.take(signal, () => compileAlone(cache, { guest, sha256 }, target, settings)))
    );
  } catch (error) {
    if (signal?.aborted !== true || error !== signal.reason) throw error;
    throw new GuestAbortError(`The compilation of ${settings.label} was aborted by its signal.`, {
      cause: error,
    });
  }
}

function known(cache: AotCache, sha256: string, target: CodeTarget): CompiledNow | undefined {
  const found = cache.find(sha256, target);
  return found && { ...found, wasCached: true, isKept: true };
}

async function compileAlone(
  cache: AotCache,
  { guest, sha256 }: { readonly guest: Uint8Array; readonly sha256: string },
  target: CodeTarget,
  settings: CompileSettings,
): Promise<CompiledNow> {
  const { label, signal, onProgress } = settings;
  using _lock = await cache.lock(sha256, target, signal);
  const found = known(cache, sha256, target);
  if (found !== undefined) return found;
  const began = performance.now();
  const bytes = await compileInChild({
    guest,
    label,
    target,
    givesWay: settings.givesWay ?? false,
    signal,
    bounds: {
      timeoutMs: settings.timeoutMs ?? defaultBounds.timeoutMs,
      maxMemoryBytes: settings.maxMemoryBytes ?? defaultBounds.maxMemoryBytes,
    },
    onPhase: (phase) => onProgress?.({ phase, elapsedMs: performance.now() - began }),
  });
  const isKept = cache.store(sha256, target, label, bytes);
  return { bytes, form: target.form, level: target.level, wasCached: false, isKept };
}

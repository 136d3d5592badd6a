import { UnsafeAotError, UnsupportedByEngineError } from '../../../errors/runtime-errors.js';
import type { Limits } from '../../../limits/limits.js';
import { missingFlags } from './side-by-side.js';

/**
 * Refuses compiled code where nothing can stop it and the host goes down with it.
 *
 * @throws {UnsupportedByEngineError} for a limit that cannot be kept.
 * @throws {UnsafeAotError} when Node.js was started without the options that it takes.
 */
export function requireInlineAot(limits: Limits): void {
  const limit = (['timeoutMs', 'growthBytes'] as const).find((name) => Number.isFinite(limits[name]));
  if (limit !== undefined) refuseLimit(`limits.${limit}`);
  const missing = missingFlags();
  if (missing.length > 0) {
    throw new UnsafeAotError(
      `Compiled code and V8's WebAssembly, which Node.js uses itself, cannot be used together in this process: the first trap could crash it. Start Node.js with ${missing.join(' ')}, use placement: 'process', or omit aot.`,
    );
  }
}

/**
 * Refuses what would have to stop compiled code.
 *
 * @throws {UnsupportedByEngineError} always.
 */
export function refuseLimit(limit: string): never {
  throw new UnsupportedByEngineError(
    `${limit} cannot be enforced for compiled code, which nothing can stop inside this process; omit it, use placement: 'process', or omit aot.`,
  );
}

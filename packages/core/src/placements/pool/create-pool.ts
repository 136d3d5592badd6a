import { availableParallelism } from 'node:os';
import { harmless } from '../../logger/harmless.js';
import { defaultLogger } from '../../logger/logger.js';
import { CompiledGuest, loadedGuest } from '../../runtime/compiled-guest.js';
import { type LoadedGuest, loadGuest } from '../../runtime/load-guest.js';
import type { GuestSource } from '../../runtime/runtime.js';
import type { Signature } from '../../values/signature.js';
import { prepareRemote } from '../prepare-remote.js';
import { checkPoolOptions } from './check-pool-options.js';
import { MemberPool } from './member-pool.js';
import type { Pool } from './pool.js';
import type { PoolOptions } from './pool-options.js';

/**
 * Makes a pool: members in threads or processes, each with a runtime of these options, kept warm for many calls. They are made at once, in
 * the background: if that fails, {@link Pool.ready} and the calls are rejected.
 *
 * @throws {InvalidArgumentError} for an unknown option or one of the wrong type.
 * @throws {CannotCrossError} for a plug-in, host module or option that cannot go to another thread or process.
 * @throws {UnsupportedByEngineError} when the chosen engine cannot do what another option asks for.
 * @throws {DisposedError} when the guest was disposed.
 * @example
 * await using pool = createPool({ guest: 'guest.wasm', size: 4, queue: 100, limits: { timeoutMs: 2000 } });
 * const { exitCode, stdout } = await pool.run({ args: ['cat.jpg'], stdin: request, signal });
 */
export function createPool<const Declared extends Readonly<Record<string, Signature>> = Record<never, never>>(
  options: PoolOptions<Declared> = {},
): Pool<Declared> {
  const runtimeOptions = checkPoolOptions(options);
  const {
    placement = 'worker',
    guest,
    exports,
    size = availableParallelism(),
    queue = 100,
    maxWaitMs = Infinity,
    maxLeaseMs = 60_000,
    maxCallsPerMember = Infinity,
    maxMemberBytes = Infinity,
    name = 'pool',
    logger = defaultLogger,
    child,
    wasi = {},
  } = options;
  const { stdin = 'ignore', stdout = 'capture', stderr = 'capture' } = wasi;
  const pool = new MemberPool({
    placement,
    exports,
    size,
    queue,
    maxWaitMs,
    maxLeaseMs,
    maxCalls: maxCallsPerMember,
    maxBytes: maxMemberBytes,
    name,
    logger: harmless('logger', logger),
    defaults: { stdout, stderr },
    runtimes: prepareRemote(placement, { ...runtimeOptions, wasi: { ...wasi, stdin }, child }),
    guest: readGuest(guest),
  });
  return pool as unknown as Pool<Declared>;
}

/** The guest's bytes, which nobody can change any more. Failures are reported by those who use them. */
function readGuest(guest: GuestSource | undefined): Promise<LoadedGuest | undefined> {
  if (guest === undefined) return Promise.resolve(undefined);
  const reading = guest instanceof CompiledGuest ? Promise.resolve(loadedGuest(guest)) : loadGuest(guest);
  reading.catch(() => {});
  return reading;
}

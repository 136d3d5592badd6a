import { GuestTimeoutError } from '../../errors/guest-errors.js';
import { InvalidArgumentError } from '../../errors/runtime-errors.js';
import type { Logger } from '../../logger/logger.js';
import type { LoadedGuest } from '../../runtime/load-guest.js';
import type { RuntimeReport } from '../../runtime/runtime-report.js';
import type { Signature } from '../../values/signature.js';
import type { WasiOptions } from '../../wasi/wasi-options.js';
import { checkArguments } from '../caller/check-arguments-of-call.js';
import { checkTask } from '../caller/check-task.js';
import type { MemberTask } from '../interface/member-task.js';
import type { PlacedInstance, PlacedRuntime } from '../interface/placed-runtime.js';
import { callNames, checkUse, guestNames, leaseNames } from './check-pool-options.js';
import type { PoolLease, PoolPreparation, PoolStatus, PreparationTask } from './pool.js';
import { InstanceLease } from './pool-lease.js';
import type { PoolMember } from './pool-member.js';
import type { PoolCallOptions, PoolGuestOptions, PoolLeaseOptions, PoolUseOptions } from './pool-options.js';
import type { PoolRunOptions, PoolRunResult } from './pool-run.js';
import { PoolTasks } from './pool-tasks.js';
import { PoolUses, type PoolUsesParts } from './pool-uses.js';

type Exports = Readonly<Record<string, Signature>>;

/** What a pool is made of. */
export interface MemberPoolParts extends Omit<PoolUsesParts, 'prepare' | 'onNone'> {
  readonly placement: PlacedRuntime['placement'];
  readonly exports: Exports | undefined;
  readonly maxLeaseMs: number;
  /** What a command writes to where its call says nothing. */
  readonly defaults: Required<Pick<WasiOptions, 'stdout' | 'stderr'>>;
  readonly logger: Logger;
}

const noOptions = {};

/** A pool of members. */
export class MemberPool {
  readonly placement: PlacedRuntime['placement'];
  readonly size: number;
  readonly #parts: MemberPoolParts;
  readonly #uses: PoolUses;
  readonly #tasks: PoolTasks;
  /** The pool's own guest, once it was read. */
  #guest: LoadedGuest | undefined;

  constructor(parts: MemberPoolParts) {
    this.placement = parts.placement;
    this.size = parts.size;
    this.#parts = parts;
    this.#tasks = new PoolTasks(parts.logger);
    this.#uses = new PoolUses({
      ...parts,
      prepare: (member) => this.#tasks.bring(member),
      onNone: (error) => this.#tasks.refuse(error),
    });
  }

  get status(): PoolStatus {
    const { members, waiting } = this.#uses;
    return { idle: members.idle, busy: members.busy, starting: members.starting, waiting };
  }

  ready(): Promise<void> {
    return this.#uses.members.ready();
  }

  async room(options: Pick<PoolUseOptions, 'signal'> = noOptions): Promise<void> {
    checkUse('room()', options, { signal: true });
    await this.#uses.room(options.signal);
  }

  async run(options: PoolRunOptions = noOptions): Promise<PoolRunResult> {
    const { guest, signal, maxWaitMs, idempotent, ...world } = options;
    const bounds = { signal, maxWaitMs, idempotent };
    checkUse('run()', bounds, callNames);
    if (idempotent) refuseStreams(world);
    const { stdout = this.#parts.defaults.stdout, stderr = this.#parts.defaults.stderr } = world;
    return this.#uses.use('run', bounds, async ({ runtime }) => {
      const exitCode = await runtime.run(guest ?? (await this.#read()), { ...world, stdout, stderr, signal });
      return { exitCode, stdout: runtime.stdout, stderr: runtime.stderr };
    });
  }

  async call(
    name: string,
    args: readonly unknown[],
    options: PoolGuestOptions = noOptions,
  ): Promise<unknown> {
    checkUse('call()', options, guestNames);
    checkArguments('call()', args);
    const { guest, signal, timeoutMs } = options;
    const { exports } = this.#parts;
    const call = { name, args, signature: exports?.[name] };
    return this.#uses.use('call', options, async ({ runtime }) => {
      const source = guest ?? this.#guest ?? (await this.#read());
      return runtime.callFresh(source, call, { timeoutMs, signal });
    });
  }

  async perform<Args extends readonly unknown[], Result>(
    task: MemberTask<Args, Result>,
    args: Args,
    options: PoolCallOptions = noOptions,
  ): Promise<Result> {
    checkUse('perform()', options, callNames);
    checkTask('perform()', task, args);
    const { signal, timeoutMs } = options;
    return this.#uses.use('perform', options, async ({ runtime }) => {
      return runtime.perform(task, args, { timeoutMs, signal });
    });
  }

  async acquire(options: PoolLeaseOptions = noOptions): Promise<PoolLease<unknown>> {
    checkUse('acquire()', options, leaseNames);
    const { guest, signal, timeoutMs } = options;
    return new Promise((resolve, reject) => {
      const use = this.#uses.use('lease', options, async (member) => {
        const { exports } = this.#parts;
        const source = guest ?? (await this.#read());
        const instance = await member.runtime.instantiate(source, { timeoutMs, signal, exports });
        await this.#lend(member, instance, resolve);
      });
      use.catch(reject);
    });
  }

  async prepare<Args extends readonly unknown[], Result>(
    task: PreparationTask<Args, Result>,
    args: Args,
  ): Promise<PoolPreparation<Result>> {
    checkTask('prepare()', task, args);
    if (this.#uses.closed !== undefined) throw this.#uses.closed;
    const begin = () => this.#uses.members.prepareIdle();
    return (await this.#tasks.add(task as never, args, begin)) as PoolPreparation<Result>;
  }

  report(): RuntimeReport | undefined {
    return this.#uses.members.report;
  }

  async drain(options: Pick<PoolUseOptions, 'signal'> = noOptions): Promise<void> {
    checkUse('drain()', options, { signal: true });
    const drained = this.#uses.drain(options.signal);
    this.#tasks.refuse(this.#uses.closed);
    await drained;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = this.#uses.dispose();
    this.#tasks.refuse(this.#uses.closed);
    await ended;
  }

  /** Settles when the instance was given back, or is lost. */
  async #lend(
    member: PoolMember,
    instance: PlacedInstance,
    resolve: (lease: PoolLease<unknown>) => void,
  ): Promise<void> {
    const { maxLeaseMs, logger } = this.#parts;
    const timer =
      maxLeaseMs === Infinity
        ? undefined
        : setTimeout(() => {
            const error = leaseError(maxLeaseMs);
            logger('warn', error.message);
            member.kill('lease', error);
          }, maxLeaseMs).unref();
    await new Promise<void>((done) => {
      const giveBack = async () => {
        try {
          await instance[Symbol.asyncDispose]();
        } finally {
          done();
        }
      };
      let returned: Promise<void> | undefined;
      resolve(new InstanceLease(instance, () => (returned ??= giveBack())));
      void member.whenOver.then(done);
    });
    clearTimeout(timer);
  }

  async #read(): Promise<LoadedGuest> {
    this.#guest ??= await this.#parts.guest;
    if (this.#guest !== undefined) return this.#guest;
    throw new InvalidArgumentError(
      'Neither the pool nor the call has a guest; set the option guest of createPool() or of the call.',
    );
  }
}

/** @throws {InvalidArgumentError} for what would not begin again with a call that is made again. */
function refuseStreams({ stdin, stdout, stderr }: PoolRunOptions): void {
  for (const [name, value] of Object.entries({ stdin, stdout, stderr })) {
    if (value === undefined || typeof value === 'string' || value instanceof Uint8Array) continue;
    throw new InvalidArgumentError(
      `A call with idempotent: true cannot have a stream, an object or a function as ${name}, which cannot start over; pass bytes or a string, and capture output.`,
    );
  }
}

function leaseError(maxLeaseMs: number): GuestTimeoutError {
  return new GuestTimeoutError(
    `A lease of a pool was not returned within the ${maxLeaseMs} ms of maxLeaseMs, and its member was ended. Dispose of each lease when you are done, best with \`await using\`, or raise maxLeaseMs.`,
  );
}

import type { Logger } from '../../logger/logger.js';
import type { PoolPreparation, PreparationTask } from './pool.js';
import type { PoolMember } from './pool-member.js';

/** A task of every member, as the pool keeps it. */
interface KeptTask {
  readonly task: PreparationTask<never[], unknown>;
  readonly args: readonly unknown[];
  /** Told what the first member gave. */
  settle: ((result: PromiseSettledResult<unknown>) => void) | undefined;
  /** How many members have ended while they did it, and none has done it. */
  lost: number;
}

/** As many members that end while they do a task are enough to say that it ends them. */
const maxLost = 3;

/** What every member does before it serves. */
export class PoolTasks {
  readonly #wanted = new Set<KeptTask>();
  readonly #done = new WeakMap<PoolMember, Set<KeptTask>>();
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Has a member do what it has not done yet, and undo what is not wanted any more; `undefined` when there is nothing. */
  bring(member: PoolMember): Promise<void> | undefined {
    const done = this.#done.get(member);
    if (done === undefined ? this.#wanted.size === 0 : this.#matches(done)) return undefined;
    return this.#bring(member, done ?? new Set());
  }

  /** Adds a task; `begin` has those members do it that can. Settles with what the first gives. */
  async add(
    task: KeptTask['task'],
    args: readonly unknown[],
    begin: () => void,
  ): Promise<PoolPreparation<unknown>> {
    let kept: KeptTask | undefined;
    const first = new Promise<PromiseSettledResult<unknown>>((settle) => {
      kept = { task, args, settle, lost: 0 };
      this.#wanted.add(kept);
    });
    begin();
    const result = await first;
    const end = () => {
      if (this.#wanted.delete(kept as KeptTask)) begin();
    };
    if (result.status === 'rejected') {
      end();
      throw result.reason;
    }
    return {
      result: result.value,
      async [Symbol.asyncDispose]() {
        end();
      },
    };
  }

  /** Rejects those that no member has done yet. */
  refuse(reason: unknown): void {
    for (const { settle } of this.#wanted) settle?.({ status: 'rejected', reason });
  }

  #matches(done: ReadonlySet<KeptTask>): boolean {
    return done.size === this.#wanted.size && [...done].every((kept) => this.#wanted.has(kept));
  }

  async #bring(member: PoolMember, done: Set<KeptTask>): Promise<void> {
    this.#done.set(member, done);
    for (const kept of done) {
      if (this.#wanted.has(kept)) continue;
      done.delete(kept);
      const { undo, ...task } = kept.task;
      // With a member that has ended it is undone.
      if (undo !== undefined) await perform(member, { ...task, export: undo }, kept.args);
    }
    for (const kept of this.#wanted) {
      if (done.has(kept) || member.isOver) continue;
      const { undo: _undo, ...task } = kept.task;
      const result = await perform(member, task, kept.args);
      // One that ended meanwhile has not done it, and its successor will.
      if (member.isOver) {
        if (++kept.lost >= maxLost) kept.settle?.(result);
        return;
      }
      done.add(kept);
      this.#settle(kept, result);
    }
  }

  #settle(kept: KeptTask, result: PromiseSettledResult<unknown>): void {
    const { settle } = kept;
    kept.settle = undefined;
    if (settle !== undefined) settle(result);
    else if (result.status === 'rejected') {
      this.#logger('warn', `A member of the pool could not be prepared: ${String(result.reason)}`);
    }
  }
}

async function perform(member: PoolMember, task: KeptTask['task'], args: readonly unknown[]) {
  const [result] = await Promise.allSettled([member.runtime.perform(task, args as never[])]);
  return result;
}

import { onAbort } from '../../control/on-abort.js';
import { GuestCrashError } from '../../errors/placement-errors.js';
import type { Request } from '../protocol/messages.js';
import { type Answer, abortError, type CallBounds } from './call-bounds.js';
import { lostError } from './lost-error.js';
import type { Member } from './member.js';
import type { MemberSource } from './member-source.js';

/** A call that waits for its turn. */
export interface QueuedCall extends CallBounds {
  /** The requests that it consists of, made when its turn has come. */
  requests(member: Member): readonly Request[];
  /** The only member that can serve it. Default: any. */
  readonly home?: Member | undefined;
  /** Whether it is made again, once, when its member ended by itself. Default: `false`. */
  readonly isIdempotent?: boolean | undefined;
}

interface Waiting {
  readonly call: QueuedCall;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/** Gives calls to a member one after another, in their order. */
export class CallQueue {
  readonly #source: MemberSource;
  readonly #waiting: Waiting[] = [];
  #busy = false;

  constructor(source: MemberSource) {
    this.#source = source;
  }

  /** Makes a call when its turn has come. Its time begins then. */
  add(call: QueuedCall): Promise<Answer> {
    const { signal } = call;
    if (signal?.aborted) return Promise.reject(abortError(signal));
    // A call that nothing is before goes to its member at once.
    const member = this.#source.current;
    if (!this.#busy && member !== undefined) return this.#makeAndGoOn(call, member);
    return new Promise<Answer>((resolve, reject) => {
      const giveUp = () => this.#giveUp(waiting, abortError(signal as AbortSignal));
      let settled = () => {};
      const waiting: Waiting = {
        call,
        resolve: (answer) => {
          settled();
          resolve(answer);
        },
        reject: (error) => {
          settled();
          reject(error);
        },
      };
      this.#waiting.push(waiting);
      if (signal !== undefined) settled = onAbort(signal, giveUp);
      if (!this.#busy) this.#next();
    });
  }

  readonly #next = (): void => {
    const waiting = this.#waiting.shift();
    this.#busy = waiting !== undefined;
    if (waiting !== undefined) void this.#begin(waiting);
  };

  async #begin({ call, resolve, reject }: Waiting): Promise<void> {
    try {
      const member = this.#source.current ?? call.home ?? (await this.#source.open());
      resolve(await this.#make(call, member));
    } catch (error) {
      reject(error);
    }
    this.#next();
  }

  async #makeAndGoOn(call: QueuedCall, member: Member): Promise<Answer> {
    try {
      return await this.#make(call, member);
    } finally {
      this.#next();
    }
  }

  async #make(call: QueuedCall, member: Member): Promise<Answer> {
    this.#busy = true;
    try {
      return await this.#makeOnce(call, member);
    } catch (error) {
      const hasCrashed = error === member.error && GuestCrashError.isInstance(error);
      if (!hasCrashed || call.isIdempotent !== true || call.home !== undefined) throw error;
      return this.#makeOnce(call, await this.#source.open());
    }
  }

  async #makeOnce({ requests, home, ...bounds }: QueuedCall, member: Member): Promise<Answer> {
    if (home !== undefined && home.error !== undefined) throw lostError(home.error);
    if (bounds.signal?.aborted) throw abortError(bounds.signal);
    let answer: Answer = { value: undefined, bytes: undefined };
    for (const request of requests(home ?? member)) {
      answer = await (home ?? member).request(request, bounds);
    }
    return answer;
  }

  #giveUp(waiting: Waiting, error: Error): void {
    const index = this.#waiting.indexOf(waiting);
    if (index === -1) return;
    this.#waiting.splice(index, 1);
    waiting.reject(error);
  }
}

import { onAbort } from '../../control/on-abort.js';
import { refuseDisposed } from '../../engines/call-state.js';
import type { Request, SentError, ToWaitingMember } from '../protocol/messages.js';
import { type Answer, abortError, type CallBounds } from './call-bounds.js';
import type { CallScope } from './call-scope.js';
import { checkAnswer } from './check-answer.js';
import type { LaneOwner } from './lane-owner.js';
import { lostError } from './lost-error.js';
import { unsendable } from './unsendable.js';

/** What a guest is answered with. */
export type Outcome = Extract<ToWaitingMember, { readonly kind: 'reply' | 'refusal' }>;

/** What a waiting guest needs of the lane that it waits on. */
export interface WaitingLane {
  send(message: ToWaitingMember): void;
  /** Ends the wait. */
  answer(guest: WaitingGuest, outcome: Outcome): void;
  errorOf(sent: SentError): unknown;
}

/** A request that the member is to serve while the guest waits. */
interface Wanted {
  readonly request: Request;
  readonly bounds: CallBounds;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
  /** No longer has it ended by its time or its signal. */
  unwatch(): void;
}

/** A guest that waits for the answer to a question. Meanwhile its member serves what is asked of it here, one after another. */
export class WaitingGuest {
  readonly number: number;
  readonly member: LaneOwner;
  readonly #lane: WaitingLane;
  readonly #wanted: Wanted[] = [];
  #running: Wanted | undefined;
  #outcome: Outcome | undefined;
  #isOver = false;
  /** What ended the wait without an answer. */
  #abandonedBy: unknown;
  #ended: AbortController | undefined;

  constructor(number: number, member: LaneOwner, lane: WaitingLane) {
    this.number = number;
    this.member = member;
    this.#lane = lane;
  }

  /** What is asked of its member now. */
  get request(): Request | undefined {
    return this.#running?.request;
  }

  /** Whether the guest waits no longer. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Aborted when the guest is not to be answered any more. */
  get signal(): AbortSignal {
    if (this.#ended === undefined) {
      this.#ended = new AbortController();
      if (this.#abandonedBy !== undefined) this.#ended.abort(this.#abandonedBy);
    }
    return this.#ended.signal;
  }

  /** Where the call was made that runs in the member while the guest waits. */
  get innerScope(): CallScope | undefined {
    return this.#running?.bounds.scope;
  }

  /** Has the member serve a request while the guest waits. */
  ask(request: Request, bounds: CallBounds = {}): Promise<Answer> {
    if (this.#isOver) return Promise.reject(this.#overError());
    if (bounds.signal?.aborted) return Promise.reject(abortError(bounds.signal));
    return new Promise<Answer>((resolve, reject) => {
      const wanted: Wanted = { request, bounds, resolve, reject, unwatch: () => {} };
      this.#wanted.push(wanted);
      if (this.#running === undefined) this.#next();
      else this.#watchWaiting(wanted);
    });
  }

  /** Answers the guest, once all that was asked of its member has been served. */
  settle(outcome: Outcome): void {
    if (this.#isOver || this.#outcome !== undefined) return;
    this.#outcome = outcome;
    if (this.#running === undefined) this.#next();
  }

  /** Takes the answer to the request that runs. */
  receive(message: ({ readonly kind: 'answer' } & Answer) | ({ readonly kind: 'error' } & SentError)): void {
    const running = this.#running;
    if (message.kind === 'answer' && !this.member.transport.isBelieved) {
      checkAnswer(running?.request, message, running?.bounds.results);
    }
    this.#running = undefined;
    running?.unwatch();
    if (message.kind === 'answer') running?.resolve({ value: message.value, bytes: message.bytes });
    else running?.reject(this.#lane.errorOf(message));
    this.#next();
  }

  /** The guest will not be answered. */
  abandon(error: unknown): void {
    this.#isOver = true;
    this.#abandonedBy = error;
    const left = this.#running === undefined ? this.#wanted : [this.#running, ...this.#wanted];
    for (const { unwatch, reject } of left) {
      unwatch();
      reject(error);
    }
    this.#ended?.abort(error);
  }

  #next(): void {
    const wanted = this.#wanted.shift();
    if (wanted !== undefined) {
      this.#begin(wanted);
    } else if (this.#outcome !== undefined) {
      this.#isOver = true;
      this.#lane.answer(this, this.#outcome);
    }
  }

  #begin(wanted: Wanted): void {
    const { bytes, ...request } = wanted.request as Request & { readonly bytes?: Uint8Array };
    wanted.unwatch();
    wanted.unwatch = this.member.watch(wanted.bounds);
    this.#running = wanted;
    try {
      this.#lane.send({ kind: 'request', number: this.number, request: request as Request, bytes });
    } catch (error) {
      this.#running = undefined;
      wanted.unwatch();
      wanted.reject(unsendable(error));
      this.#next();
    }
  }

  /** Its turn has not come, so it can be given up without ending anything. */
  #watchWaiting(wanted: Wanted): void {
    const { signal } = wanted.bounds;
    if (signal === undefined) return;
    const giveUp = () => {
      this.#wanted.splice(this.#wanted.indexOf(wanted), 1);
      wanted.reject(abortError(signal));
    };
    wanted.unwatch = onAbort(signal, giveUp);
  }

  #overError(): Error {
    if (this.member.error !== undefined) return lostError(this.member.error);
    try {
      return refuseDisposed('The caller of a host function is valid only during its call; it');
    } catch (error) {
      return error as Error;
    }
  }
}

import { encodeError, rebuildError } from '../../blocking/encoded-error.js';
import { isEncodedError } from '../../blocking/is-encoded-error.js';
import type {
  FromWaitingMember,
  Question,
  Request,
  SentError,
  ToWaitingMember,
} from '../protocol/messages.js';
import { notAMessage } from '../protocol/read-head.js';
import type { CallScope } from './call-scope.js';
import { answerIn } from './guests-around.js';
import type { LaneOwner } from './lane-owner.js';
import { ThrownErrors } from './thrown-errors.js';
import { type Outcome, WaitingGuest } from './waiting-guest.js';

/** What a question is answered with, and bytes beside it, which are given away. */
export interface Reply {
  readonly value?: unknown;
  readonly bytes?: Uint8Array | undefined;
}

/** Who answers what guests ask. */
export interface Answers {
  /** @throws {CannotCrossError} for a question of a process that its guest must have taken over. */
  check(question: Question): void;
  /** Answers a question; what it throws is thrown in the member. */
  answer(question: Question, guest: WaitingGuest): Reply | Promise<Reply>;
}

/** The caller's end of the lane of a member: the guests that wait there, each for an answer without which those before it cannot go on. */
export class CallerLane {
  readonly #member: LaneOwner;
  readonly #answers: Answers;
  readonly #waiting: WaitingGuest[] = [];
  readonly #thrown = new ThrownErrors();
  #scope: CallScope | undefined;

  constructor(member: LaneOwner, answers: Answers) {
    this.#member = member;
    this.#answers = answers;
  }

  /** A call begins that was made there. */
  begin(scope: CallScope | undefined): void {
    this.#scope = scope;
  }

  /** The call has ended; guests of it that still wait are not answered, and what is asked of them is rejected. */
  end(error?: unknown): void {
    this.#scope = undefined;
    this.#thrown.clear();
    for (const guest of this.#waiting.splice(0).reverse()) guest.abandon(error);
  }

  /** What the innermost guest that waits has its member asked for. */
  get request(): Request | undefined {
    return this.#waiting.at(-1)?.request;
  }

  /** @param isCalled whether a call of the member runs. */
  receive(message: FromWaitingMember, isCalled: boolean): void {
    const guest = this.#waiting.at(-1);
    if (message.kind === 'question') {
      this.#refuseFlood(guest, isCalled);
      if (!this.#member.transport.isBelieved) this.#answers.check(message.question);
      this.#answer(message, guest);
    } else if (guest?.number === message.number) {
      // What is later than the end of its call is for nobody.
      guest.receive(message as Parameters<typeof guest.receive>[0]);
    }
  }

  send(message: ToWaitingMember): void {
    this.#member.transport.sendOnLane(message);
  }

  answer(guest: WaitingGuest, outcome: Outcome): void {
    this.#waiting.splice(this.#waiting.indexOf(guest), 1);
    try {
      this.send(outcome);
    } catch (error) {
      this.send(this.#refusal(guest, error));
    }
  }

  /** What was thrown in the member: the same thing, when it came from here. */
  errorOf({ error, thrown }: SentError): unknown {
    if (this.#thrown.has(thrown)) return this.#thrown.get(thrown);
    if (!this.#member.transport.isBelieved && !isEncodedError(error)) throw notAMessage('error');
    return rebuildError(error);
  }

  /** Who asks waits. Where a call can be ended alone, a question may come that nobody waits for any more. */
  #refuseFlood(guest: WaitingGuest | undefined, isCalled: boolean): void {
    const mayAsk = guest === undefined ? isCalled : guest.request !== undefined;
    if (!mayAsk && !this.#member.transport.isBelieved) throw notAMessage('question');
  }

  #answer(
    { number, question, bytes }: Extract<FromWaitingMember, { readonly kind: 'question' }>,
    outer: WaitingGuest | undefined,
  ): void {
    const guest = new WaitingGuest(number, this.#member, this);
    this.#waiting.push(guest);
    const asked = bytes === undefined ? question : { ...question, bytes };
    const scope = outer === undefined ? this.#scope : outer.innerScope;
    const answer = () => this.#answers.answer(asked, guest);
    const settle = ({ value, bytes }: Reply) => guest.settle({ kind: 'reply', number, value, bytes });
    const refuse = (error: unknown) => guest.settle(this.#refusal(guest, error));
    try {
      const reply = scope === undefined ? answer() : answerIn(scope, guest, answer);
      if (reply instanceof Promise) reply.then(settle, refuse);
      else settle(reply);
    } catch (error) {
      refuse(error);
    }
  }

  #refusal({ number, isOver }: WaitingGuest, thrown: unknown): Outcome {
    const error = encodeError(thrown);
    return isOver
      ? { kind: 'refusal', number, error }
      : { kind: 'refusal', number, error, thrown: this.#thrown.keep(thrown) };
  }
}

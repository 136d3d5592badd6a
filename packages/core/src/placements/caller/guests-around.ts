import { AsyncLocalStorage } from 'node:async_hooks';
import type { CallScope } from './call-scope.js';
import type { WaitingGuest } from './waiting-guest.js';

/** Guests that wait for what is being done, the innermost first. */
interface GuestsAround {
  readonly guest: WaitingGuest;
  readonly outer: GuestsAround | undefined;
}

const guestsAround = new AsyncLocalStorage<GuestsAround>();

/** Runs `answer`, for which a guest waits, where the guest was called. */
export function answerIn<Result>(scope: CallScope, guest: WaitingGuest, answer: () => Result): Result {
  return scope.runInAsyncScope(() => guestsAround.run({ guest, outer: guestsAround.getStore() }, answer));
}

/** The guest of this member that waits for what is being done here; `undefined` when none does. */
export function guestWaitingHere(member: object | undefined): WaitingGuest | undefined {
  if (member === undefined) return undefined;
  let around = guestsAround.getStore();
  while (around !== undefined && (around.guest.member !== member || around.guest.isOver))
    around = around.outer;
  return around?.guest;
}

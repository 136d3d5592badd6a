import { AsyncLocalStorage } from 'node:async_hooks';

const served = new AsyncLocalStorage<ServedCall>();

/** A call whose output is taken here. */
export class ServedCall {
  readonly #owner: object;
  #isOver = false;

  /** @param owner what makes one call at a time. */
  constructor(owner: object) {
    this.#owner = owner;
  }

  /** Takes output of the call. */
  take<Taken>(take: () => Taken): Taken {
    return served.run(this, take);
  }

  end(): void {
    this.#isOver = true;
  }

  /** Whether what is done here takes output of a call of this owner, which is not over before. */
  static isTakenHere(owner: object): boolean {
    const call = served.getStore();
    return call !== undefined && call.#owner === owner && !call.#isOver;
  }
}

import { AsyncHost } from './async-host.js';
import type { AsyncAnswers, AsyncRequest, Told } from './messages.js';

/** So much is told at a time; what is more is left out, since nobody may ask for an answer for long. */
const maxTold = 1000;

/** A host of asynchronous backends that adds to each answer what implementations had to tell until then. */
export class TellingHost {
  #told: unknown[] = [];
  readonly #host = new AsyncHost((message) => {
    if (this.#told.length < maxTold) this.#told.push(message);
  });

  async answer(request: AsyncRequest): Promise<AsyncAnswers[AsyncRequest['kind']] & Told> {
    try {
      const answered = await this.#host.answer(request);
      return this.#told.length === 0 ? answered : { ...answered, told: this.#take() };
    } catch (error) {
      if (this.#told.length === 0 || !(error instanceof Error)) throw error;
      throw Object.assign(error, { told: this.#take() });
    }
  }

  #take(): readonly unknown[] {
    const taken = this.#told;
    this.#told = [];
    return taken;
  }
}

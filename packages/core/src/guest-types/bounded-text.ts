import { InvalidGuestError } from '../errors/guest-errors.js';

const most = 2 ** 25;

/** Text that is put together from parts. A few bytes of a guest can stand for much of it, so that there is a bound. */
export class BoundedText {
  readonly #parts: string[] = [];
  #length = 0;

  /** @throws {InvalidGuestError} when the text would be longer than 32 MiB. */
  add(part: string): void {
    this.#length += part.length;
    if (this.#length > most) {
      throw new InvalidGuestError(
        `The types of the guest would be more than ${most} characters. Export fewer functions, or with shorter names and signatures.`,
      );
    }
    this.#parts.push(part);
  }

  toString(): string {
    return this.#parts.join('');
  }
}

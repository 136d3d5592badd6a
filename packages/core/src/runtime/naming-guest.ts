import { InvalidGuestError } from '../errors/guest-errors.js';

/**
 * What `read` makes of a guest's bytes. Who reads bytes does not know what they are called: the error for what is no module is given the name.
 *
 * @param label what messages call the guest.
 */
export function namingGuest<Result>(label: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!InvalidGuestError.isInstance(error)) throw error;
    const message = error.message.replace(/^The guest (?=is |has |declares )/, () => `The guest ${label} `);
    throw new InvalidGuestError(message, 'cause' in error ? { cause: error.cause } : undefined);
  }
}

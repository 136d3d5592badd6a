import { InvalidArgumentError } from '../errors/runtime-errors.js';

/** The error for an option that is not what it must be; after a function's name, or in a sentence about a plug-in. */
export function optionRefusal(subject: string, name: string, wanted: string): InvalidArgumentError {
  return new InvalidArgumentError(
    subject.endsWith('()')
      ? `${subject}: ${name} must be ${wanted}.`
      : `The option ${name} of ${subject} must be ${wanted}.`,
  );
}

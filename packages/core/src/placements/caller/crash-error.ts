import { GuestCrashError } from '../../errors/placement-errors.js';
import type { MemberEnd, Transport } from './transport.js';

/** What is said of a member that ended by itself. */
export function crashError({ kind, id }: Pick<Transport, 'kind' | 'id'>, end: MemberEnd): GuestCrashError {
  const { signal, exitCode, running, error } = end;
  const how =
    signal !== undefined
      ? `was ended by ${signal}`
      : exitCode !== undefined
        ? `ended with exit code ${exitCode}`
        : 'could not be started';
  const last = running === undefined ? '' : ` Its last host call was ${running}.`;
  return new GuestCrashError(
    `The ${kind} ${id ?? ''} in which the guest ran ${how}.${last} The host goes on, and the next call gets a fresh one.`.replace(
      '  ',
      ' ',
    ),
    { signal, exitCode, running, ...(error === undefined ? {} : { cause: error }) },
  );
}

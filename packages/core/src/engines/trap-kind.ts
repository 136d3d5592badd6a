import type { TrapKind } from '../errors/guest-errors.js';

/** What an engine says of each kind of trap. */
export type TrapMessages = readonly (readonly [message: RegExp, kind: TrapKind])[];

/** The kind of trap that an engine's own message tells, by the table of that engine. */
export function trapKindOf(messages: TrapMessages, message: string): TrapKind {
  return messages.find(([pattern]) => pattern.test(message))?.[1] ?? 'other';
}

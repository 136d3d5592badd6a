import type { RecordedCall } from '../../control/call-record.js';
import type { ChildReport } from '../../runtime/runtime-report.js';
import type { FromMember, Message, ToMember, ToWaitingMember } from '../protocol/messages.js';

/** How a member ended. */
export interface MemberEnd {
  /** The signal that ended a process. */
  readonly signal?: string | undefined;
  readonly exitCode?: number | undefined;
  /** What ended a thread, or could not be sent. */
  readonly error?: unknown;
  /** What was wrong with what a process has sent, which was ended for that. */
  readonly nonsense?: unknown;
  /** The last call of a host function by its guests, where that is known. */
  readonly hostCall?: RecordedCall | undefined;
}

/** What a transport tells its caller. */
export interface TransportEvents {
  /** @throws when a member that is a process must have been taken over by its guest; it is ended. */
  onMessage(message: FromMember): void;
  /** @throws as {@link TransportEvents.onMessage}. */
  onLaneMessage(message: Message): void;
  /** How many bytes a message may have now. */
  mostBytes(): number;
  /** The same on the lane. */
  mostLaneBytes(): number;
  /** Told once, after the last message. */
  onEnd(end: MemberEnd): void;
}

/** How one call is ended without ending its member. */
export interface CallStop {
  /** Ends the call of this number, or has it end as soon as it begins. */
  stop(call: number): void;
  /** Whether the call that runs ends by itself, though that may take a while. */
  readonly isHeard: boolean;
}

/** A caller's end of what joins it with a member, and the member's life. */
export interface Transport {
  /** What the member is, for messages. */
  readonly kind: 'worker thread' | 'process';
  /** Number of the thread, or of the process. */
  readonly id: number | undefined;
  /** `undefined` where a call can only be ended with its member. */
  readonly callStop: CallStop | undefined;
  /** Whether the bytes of what is sent are moved, and not there any more for the caller. */
  readonly movesBytes: boolean;
  /** Whether what it sends is believed: a thread has the memory of the program anyway, a process may have been taken over by its guest. */
  readonly isBelieved: boolean;
  send(message: ToMember): void;
  sendOnLane(message: ToWaitingMember): void;
  /** Ends the member, whatever it does; {@link TransportEvents.onEnd} tells when it is gone. */
  kill(): void;
  /** Tells when a call that begins now uses too much of the machine, until what is returned is called; `undefined` where nobody looks. */
  watchUsage?(over: (error: Error) => void): (() => void) | undefined;
  /** What may have ended a process so, before its runtime was made or later, and what to do about it; `undefined` where nothing is known. */
  adviceFor?(end: MemberEnd, isStart: boolean): string | undefined;
  /** What the system says of a process; `undefined` for a thread. */
  report?(): ChildReport | undefined;
  /** Whether the member keeps the program alive: while it works for somebody. */
  hold(active: boolean): void;
}

import type { CallControl } from '../../control/call-control.js';
import type { FromMember, LaneMessage, ToMember, ToWaitingMember } from './messages.js';
import type { SpareBytes } from './spare-bytes.js';

/** A member's end of what joins it with its caller. */
export interface MemberChannel {
  /** By which the caller ends calls without ending the member; `undefined` where it cannot. */
  readonly control?: CallControl | undefined;
  /** Where bytes that were used up go, and new ones come from. */
  readonly spare: SpareBytes;
  /** Begins to receive requests. */
  listen(receive: (message: ToMember) => void): void;
  /** Sends something to the caller, without waiting. The bytes of the message are given away. */
  send(message: FromMember): void;
  /** Sends something on the lane, by which the member waits for its caller. */
  sendOnLane(message: LaneMessage): void;
  /**
   * Waits, without turning the event loop, for what the caller sends on the lane.
   *
   * @throws {GuestAbortError} when the call that runs is to end.
   */
  receiveOnLane(): ToWaitingMember;
}

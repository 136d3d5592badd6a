import type { FromMember, FromWaitingMember, Request, ToWaitingMember } from './messages.js';

/** A member's end of what joins it with its caller. */
export interface MemberChannel {
  /** Begins to receive requests. */
  listen(receive: (request: Request) => void): void;
  /** Sends something to the caller, without waiting. The bytes of the message are given away. */
  send(message: FromMember): void;
  /** Sends something on the lane, by which the member waits for its caller. */
  sendOnLane(message: FromWaitingMember): void;
  /**
   * Waits, without turning the event loop, for what the caller sends on the lane.
   *
   * @throws {GuestAbortError} when the call that runs is to end.
   */
  receiveOnLane(): ToWaitingMember;
}

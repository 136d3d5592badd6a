import type { ToWaitingMember } from '../protocol/messages.js';
import type { CallBounds } from './call-bounds.js';

/** The member at the other end of a lane. */
export interface LaneOwner {
  /** What ended it, once it has ended or is to end. */
  readonly error: Error | undefined;
  readonly transport: { sendOnLane(message: ToWaitingMember): void; readonly isBelieved: boolean };
  /** Has what is asked of it ended by its time or its signal, until what it gives is called. */
  watch(bounds: CallBounds): () => void;
}

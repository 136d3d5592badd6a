import { receiveMessageOnPort } from 'node:worker_threads';
import { CallControl } from '../../control/call-control.js';
import type { MemberChannel } from '../protocol/member-channel.js';
import type { FromMember, LaneMessage, ToMember, ToWaitingMember } from '../protocol/messages.js';
import { movable } from '../protocol/movable.js';
import { SpareBytes } from '../protocol/spare-bytes.js';
import type { ThreadMemberData } from '../protocol/thread-member-data.js';

/** The channel of a member that is a thread. */
export class ThreadChannel implements MemberChannel {
  readonly control: CallControl;
  readonly spare = new SpareBytes();
  readonly #data: ThreadMemberData;

  constructor(data: ThreadMemberData) {
    this.#data = data;
    this.control = new CallControl(data.controlMemory);
  }

  listen(receive: (message: ToMember) => void): void {
    this.#data.port.on('message', receive);
  }

  send(message: FromMember): void {
    this.#data.port.postMessage(message, movable(message));
  }

  sendOnLane(message: LaneMessage): void {
    this.#data.lane.postMessage(message, movable(message));
  }

  receiveOnLane(): ToWaitingMember {
    const { control } = this;
    return control.wait(() => {
      for (;;) {
        const seen = Atomics.load(control.signal, 0);
        control.refuseStopped();
        const received: { message: ToWaitingMember } | undefined = receiveMessageOnPort(this.#data.lane);
        if (received !== undefined) return received.message;
        Atomics.wait(control.signal, 0, seen);
      }
    });
  }
}

import { receiveMessageOnPort } from 'node:worker_threads';
import { CallControl } from '../../control/call-control.js';
import { threadControl } from '../../control/thread-control.js';
import type { MemberChannel } from '../protocol/member-channel.js';
import type { FromMember, FromWaitingMember, ToMember, ToWaitingMember } from '../protocol/messages.js';
import { movable } from '../protocol/movable.js';
import { SpareBytes } from '../protocol/spare-bytes.js';
import type { ThreadMemberData } from '../protocol/thread-member-data.js';

/** How long a stop may go unheard, in milliseconds. */
const maxUnheardMs = 50;

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

  sendOnLane(message: FromWaitingMember): void {
    this.#data.lane.postMessage(message, movable(message));
  }

  receiveOnLane(): ToWaitingMember {
    const control = threadControl();
    return control === undefined ? this.#receive(undefined) : control.wait(() => this.#receive(control));
  }

  #receive(control: CallControl | undefined): ToWaitingMember {
    const { lane, laneSent } = this.#data;
    for (;;) {
      const seen = Atomics.load(laneSent, 0);
      control?.refuseStopped();
      const received: { message: ToWaitingMember } | undefined = receiveMessageOnPort(lane);
      if (received !== undefined) return received.message;
      Atomics.wait(laneSent, 0, seen, control === undefined ? undefined : maxUnheardMs);
    }
  }
}

import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { CallControl } from '../../control/call-control.js';
import type { EngineName } from '../../engines/engine.js';
import type { FromMember, Message, ToMember, ToWaitingMember } from '../protocol/messages.js';
import { movable } from '../protocol/movable.js';
import type { ThreadMemberData } from '../protocol/thread-member-data.js';
import { memberUrl } from './member-file.js';
import type { CallStop, Transport, TransportEvents } from './transport.js';

/** A member that is a worker thread. */
export class ThreadTransport implements Transport {
  readonly kind = 'worker thread';
  readonly movesBytes = true;
  readonly isBelieved = true;
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #lane: MessagePort;
  readonly #control = new CallControl();
  readonly id: number;
  readonly callStop: CallStop;

  constructor(events: TransportEvents, engine: EngineName) {
    const { port1: port, port2: otherPort } = new MessageChannel();
    const { port1: lane, port2: otherLane } = new MessageChannel();
    const control = this.#control;
    this.callStop = {
      stop: (call) => control.stop(call),
      // On v8 nothing interrupts code of the guest, other than the end of its thread.
      get isHeard() {
        return engine === 'wasmedge' || control.isWaiting;
      },
    };
    const workerData: ThreadMemberData = {
      port: otherPort,
      lane: otherLane,
      controlMemory: control.memory,
    };
    this.#worker = new Worker(memberUrl(), {
      workerData,
      transferList: [otherPort, otherLane],
      // The host's own flags may be refused in a worker, or load things that a guest must not depend on.
      execArgv: [],
    });
    this.id = this.#worker.threadId;
    this.#port = port;
    this.#lane = lane;
    port.on('message', (message: FromMember) => events.onMessage(message));
    lane.on('message', (message: Message) => events.onLaneMessage(message));
    let failure: unknown;
    this.#worker.on('error', (error) => {
      failure = error;
    });
    this.#worker.on('exit', (exitCode) => {
      port.close();
      lane.close();
      events.onEnd(failure === undefined ? { exitCode } : { exitCode, error: failure });
    });
    this.hold(false);
  }

  send(message: ToMember): void {
    const moved = movable(message as Message);
    try {
      this.#port.postMessage(message, moved);
    } catch (error) {
      // Some buffers cannot be moved, as that of a WebAssembly memory.
      if (moved.length === 0) throw error;
      this.#port.postMessage(message);
    }
  }

  sendOnLane(message: ToWaitingMember): void {
    this.#lane.postMessage(message, movable(message as Message));
    this.#control.wake();
  }

  kill(): void {
    void this.#worker.terminate();
  }

  hold(active: boolean): void {
    for (const part of [this.#worker, this.#port, this.#lane]) {
      if (active) part.ref();
      else part.unref();
    }
  }
}

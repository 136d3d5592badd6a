import { Buffer } from 'node:buffer';
import { type BlockingCaller, type Caller, GuestMemory, type SocketPolicy } from '@wasmedge-plugins/core';
import type { HttpsRules } from '../../src/options.js';

/** A host function of the plug-in; all its parameters are i32. */
export type Call = (caller: Caller, ...args: number[]) => unknown;

/** The functions of the module, by their names without `wasmedge_httpsreq_`. */
export interface Calls {
  readonly send_data: Call;
  readonly get_rcv: Call;
  readonly get_rcv_len: Call;
}

/** One way to be wrong. */
export interface Defect {
  /** Changes the options. */
  readonly rules?: (rules: HttpsRules) => HttpsRules;
  /** Changes the functions that the guest calls. Called once for each runtime, so that it can keep a state. */
  readonly calls?: (calls: Calls, blocking: BlockingCaller) => Partial<Calls>;
  /** What guests may do with sockets. */
  readonly sockets?: SocketPolicy | 'none';
  readonly withoutOldModule?: true;
}

/** Changes the numbers that `send_data` gets: pointer and length of the host, the port, pointer and length of the request. */
export function changeArguments(change: (caller: Caller, args: number[]) => number[]): Defect {
  return {
    calls: ({ send_data }) => ({
      send_data: (caller, ...args) => send_data(caller, ...change(caller, args)),
    }),
  };
}

/** Functions that give the guest another response than the right one, as it is after each call of `send_data`. */
export function withResponse(
  next: (caller: Caller, args: readonly number[], last: Uint8Array) => Uint8Array,
): Calls {
  let response: Uint8Array = new Uint8Array(0);
  return {
    send_data(caller, ...args) {
      response = next(caller, args, response);
    },
    get_rcv: ({ memory }, pointer = 0) => memory.write(pointer, response),
    get_rcv_len: () => response.byteLength,
  };
}

/** Changes each response. */
export function changeResponse(change: (response: string, last: string) => string): Defect {
  return {
    calls: (calls) =>
      withResponse((caller, args, last) => {
        calls.send_data(caller, ...args);
        return fromText(change(toText(received(calls, caller)), toText(last)));
      }),
  };
}

/** The response that the right functions have for the guest that calls. */
export function received(calls: Calls, { instance }: Caller): Uint8Array {
  const bytes = new Uint8Array(Number(calls.get_rcv_len(callerOf(new Uint8Array(0), instance))));
  calls.get_rcv(callerOf(bytes, instance), 0);
  return bytes;
}

function callerOf({ buffer }: Uint8Array<ArrayBuffer>, instance: object): Caller {
  const memory = new GuestMemory({ buffer: () => buffer, grow: () => -1, lend() {} });
  return { hasMemory: true, memory, instance };
}

export function toText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

export function fromText(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

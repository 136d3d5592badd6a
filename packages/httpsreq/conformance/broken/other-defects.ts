import { changeResponse, type Defect, fromText, received, toText, withResponse } from './defect.js';

/** Defects that no known plug-in has, but one could. */
export const otherDefects = {
  'appends-responses': changeResponse((response, last) => last + response),
  'decodes-chunks': changeResponse((response) =>
    /^transfer-encoding: *chunked\r$/im.test(response)
      ? response.replace(/\r\n[0-9a-f]+(?:;[^\r]*)?\r\n/gi, '')
      : response,
  ),
  'drops-interim-responses': changeResponse((response) =>
    response.replace(/^(?:HTTP\/1\.1 1\d\d .*?\r\n\r\n)+/s, ''),
  ),
  'failure-clears-response': {
    calls: (calls) => {
      let failed = false;
      return {
        send_data(caller, ...args) {
          failed = true;
          calls.send_data(caller, ...args);
          failed = false;
        },
        get_rcv_len: (caller) => (failed ? 0 : calls.get_rcv_len(caller)),
      };
    },
  },
  'response-is-consumed': {
    calls: (calls) => {
      let taken = false;
      return {
        send_data(caller, ...args) {
          calls.send_data(caller, ...args);
          taken = false;
        },
        get_rcv(caller, pointer = 0) {
          calls.get_rcv(caller, pointer);
          taken = true;
        },
        get_rcv_len: (caller) => (taken ? 0 : calls.get_rcv_len(caller)),
      };
    },
  },
  'follows-redirects': {
    calls: (calls) =>
      withResponse((caller, args) => {
        calls.send_data(caller, ...args);
        if (/^HTTP\/1\.1 30[1278] /.test(toText(received(calls, caller)))) {
          calls.send_data(caller, ...args);
        }
        return received(calls, caller);
      }),
  },
  'changes-request': {
    calls: (calls) => ({
      send_data(caller, ...args) {
        const [, , , pointer = 0, length = 0] = args;
        const text = toText(caller.memory.read(pointer, length));
        caller.memory.write(pointer, fromText(text.replaceAll('  ', ' \t').replaceAll('\xff', '?')));
        return calls.send_data(caller, ...args);
      },
    }),
  },
  'writes-part-of-response': {
    calls: (calls) => ({
      get_rcv(caller, pointer = 0) {
        const { memory } = caller;
        const room = Math.max(memory.byteLength - (pointer >>> 0), 0);
        const part = received(calls, caller).subarray(0, room);
        if (part.byteLength > 0) {
          memory.write(pointer, part);
        }
      },
    }),
  },
  'ignores-missing-memory': {
    calls: (calls) => ({
      send_data: (caller, ...args) => (caller.hasMemory ? calls.send_data(caller, ...args) : undefined),
      get_rcv: (caller, ...args) => (caller.hasMemory ? calls.get_rcv(caller, ...args) : undefined),
    }),
  },
  'no-sockets': { sockets: 'none' },
  'socket-for-every-host': {
    sockets: { lookUp: () => ['127.0.0.1'], connect: () => true },
  },
} as const satisfies Record<string, Defect>;

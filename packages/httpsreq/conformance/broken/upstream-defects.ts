import type { BlockingCaller, Caller } from '@wasmedge-plugins/core';
import { changeArguments, type Defect, received, toText, withResponse } from './defect.js';

const maxTimeoutMs = 0x7fff_ffff;
const maxBytes = 0xffff_ffff;

const readUntilClose = {
  moduleUrl: new URL('./read-until-close.mjs', import.meta.url),
  exportName: 'readUntilClose',
};

/** Defects that upstream's plug-in has. */
export const upstreamDefects = {
  'certificate-not-verified': { rules: (rules) => ({ ...rules, dangerouslyAcceptAnyCertificate: true }) },
  'ignores-allow-list': { calls: (_calls, blocking) => withResponse(askAsUpstream(blocking)) },
  'skips-address-check': { rules: (rules) => ({ ...rules, allowPrivateAddresses: true }) },
  'sends-any-bytes': { calls: (_calls, blocking) => withResponse(askAsUpstream(blocking)) },
  'reads-until-close': { calls: (_calls, blocking) => withResponse(askAsUpstream(blocking)) },
  'sni-over-read': {
    calls: (_calls, blocking) => withResponse(askAsUpstream(blocking, textToNul)),
  },
  'host-ends-at-nul': changeArguments(({ memory }, [pointer = 0, length = 0, ...others]) => {
    const end = memory.read(pointer, length).indexOf(0);
    return [pointer, end === -1 ? length : end, ...others];
  }),
  'cuts-port': changeArguments((_caller, [pointer = 0, length = 0, port = 0, ...others]) => [
    pointer,
    length,
    port & 0xffff,
    ...others,
  ]),
  'checks-first-byte-only': changeArguments(
    (caller, [host = 0, hostLength = 0, port = 0, request = 0, length = 0]) => [
      ...[host, lengthInside(caller, host, hostLength)],
      port,
      ...[request, lengthInside(caller, request, length)],
    ],
  ),
  'ignores-response-range': {
    calls: ({ get_rcv, get_rcv_len }) => ({
      get_rcv(caller, pointer = 0) {
        if (caller.memory.contains(pointer, Number(get_rcv_len(caller)))) {
          get_rcv(caller, pointer);
        }
      },
    }),
  },
  'no-timeout': {
    rules: (rules) => ({ ...rules, timeoutMs: maxTimeoutMs, connectTimeoutMs: maxTimeoutMs }),
  },
  'unbounded-response': { rules: (rules) => ({ ...rules, maxResponseBytes: maxBytes }) },
  'unbounded-request': { rules: (rules) => ({ ...rules, maxRequestBytes: maxBytes }) },
  'ignores-proxy': { rules: (rules) => ({ ...rules, proxy: 'none' }) },
  'ignores-hooks': { rules: (rules) => ({ ...rules, onRequest: undefined, onResponse: undefined }) },
  'ignores-pins': { rules: (rules) => ({ ...rules, pins: [] }) },
  'guests-share-state': {
    calls: (calls) => {
      let last: Caller | undefined;
      return {
        send_data(caller, ...args) {
          calls.send_data(caller, ...args);
          last = caller;
        },
        get_rcv_len: (caller) => received(calls, last ?? caller).byteLength,
        get_rcv: (caller, pointer = 0) => caller.memory.write(pointer, received(calls, last ?? caller)),
      };
    },
  },
  'no-old-module': { withoutOldModule: true },
} as const satisfies Record<string, Defect>;

/** Asks without any of the plug-in's rules. */
function askAsUpstream(
  blocking: BlockingCaller,
  serverName: (caller: Caller, pointer: number) => string | undefined = () => undefined,
): Parameters<typeof withResponse>[0] {
  return (caller, [pointer = 0, length = 0, port = 0, request = 0, requestLength = 0]) => {
    const { memory } = caller;
    const host = toText(memory.read(pointer, length)).replace(/^\[|\]$/g, '');
    const bytes = memory.read(request, requestLength);
    return blocking.call<Uint8Array>(readUntilClose, {
      host,
      port,
      bytes,
      serverName: serverName(caller, pointer),
    });
  };
}

function textToNul({ memory }: Caller, pointer: number): string {
  const rest = toText(memory.read(pointer, memory.byteLength - pointer));
  return rest.slice(0, rest.indexOf('\0'));
}

/** As much of a range as is in the memory, when its first byte is. */
function lengthInside({ memory }: Caller, pointer: number, length: number): number {
  return memory.contains(pointer, 1) ? Math.min(length >>> 0, memory.byteLength - pointer) : length;
}

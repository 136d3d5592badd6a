import { isUtf8 } from 'node:buffer';
import { type Caller, type HostModule, hostModule, implement } from '@wasmedge-plugins/core';
import { httpsReqModuleName, httpsReqSignatures, oldHttpsReqModuleName } from '../abi.js';
import type { HttpsSession } from './https-session.js';

// Longer than any name or address; an error message shows no more of what a guest gave.
const longestHost = 1024;

/** The functions that guests import, under both names that the module had, on what each of them has received. */
export function httpsReqHostModules(sessionOf: (caller: Caller) => HttpsSession): HostModule[] {
  const functions = implement(
    httpsReqSignatures,
    {
      wasmedge_httpsreq_send_data(caller, hostPointer, hostLength, port, bodyPointer, bodyLength) {
        const { memory } = caller;
        const host = memory.borrow(hostPointer, hostLength, hostText);
        memory.borrow(bodyPointer, bodyLength, (bytes) =>
          sessionOf(caller).send({ host, port: port >>> 0, bytes }),
        );
      },
      wasmedge_httpsreq_get_rcv: (caller, pointer) =>
        caller.memory.write(pointer, sessionOf(caller).received),
      wasmedge_httpsreq_get_rcv_len: (caller) => sessionOf(caller).received.byteLength,
    },
    { trace: { wasmedge_httpsreq_send_data: { hiddenArguments: [3, 4] } } },
  );
  return [
    hostModule(httpsReqModuleName, functions),
    hostModule(oldHttpsReqModuleName, {
      send_data: functions.wasmedge_httpsreq_send_data,
      get_rcv: functions.wasmedge_httpsreq_get_rcv,
      get_rcv_len: functions.wasmedge_httpsreq_get_rcv_len,
    }),
  ];
}

/** Exactly the given bytes. What is not UTF-8 becomes a text that names no host. */
function hostText(bytes: Uint8Array): string {
  const shown = bytes.subarray(0, longestHost);
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(shown));
  return isUtf8(shown) && shown.byteLength === bytes.byteLength ? text : `${text}\uFFFD`;
}

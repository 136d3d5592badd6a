import { isUtf8 } from 'node:buffer';
import { type Caller, type HostModule, hostFunction, hostModule } from '@wasmedge-plugins/core';
import { httpsReqModuleName, httpsReqSignatures, oldHttpsReqModuleName } from '../abi.js';
import type { HttpsSession } from './https-session.js';

// Longer than any name or address; an error message shows no more of what a guest gave.
const longestHost = 1024;

/** The functions that guests import, under both names that the module had, on the state of one runtime. */
export function httpsReqHostModules(session: HttpsSession): HostModule[] {
  const { params } = httpsReqSignatures.wasmedge_httpsreq_send_data;
  const sendData = hostFunction(
    params,
    [],
    ({ memory }: Caller, hostPointer, hostLength, port, bodyPointer, bodyLength) => {
      const host = memory.borrow(hostPointer, hostLength, hostText);
      memory.borrow(bodyPointer, bodyLength, (bytes) => session.send({ host, port: port >>> 0, bytes }));
    },
    { hiddenArguments: [3, 4] },
  );
  const getReceived = hostFunction(['i32'], [], ({ memory }: Caller, pointer) =>
    memory.write(pointer, session.received),
  );
  const getReceivedLength = hostFunction([], ['i32'], () => session.received.byteLength);
  return [
    hostModule(httpsReqModuleName, {
      wasmedge_httpsreq_send_data: sendData,
      wasmedge_httpsreq_get_rcv: getReceived,
      wasmedge_httpsreq_get_rcv_len: getReceivedLength,
    }),
    hostModule(oldHttpsReqModuleName, {
      send_data: sendData,
      get_rcv: getReceived,
      get_rcv_len: getReceivedLength,
    }),
  ];
}

/** Exactly the given bytes. What is no UTF-8 becomes a text that names no host. */
function hostText(bytes: Uint8Array): string {
  const shown = bytes.subarray(0, longestHost);
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(shown));
  return isUtf8(shown) && shown.byteLength === bytes.byteLength ? text : `${text}\uFFFD`;
}

import { signature } from '@wasmedge-plugins/core';

/** The plug-in's WasmEdge name. */
export const httpsReqPluginName = 'wasmedge_httpsreq';

/** The wasm module that guests import the functions from, since WasmEdge 0.11.1. */
export const httpsReqModuleName = 'wasmedge_httpsreq';

/** The module's name in WasmEdge 0.11.0, where the functions had no prefix. */
export const oldHttpsReqModuleName = 'httpsreq';

/** Every function of the module, with the signature that guests see. */
export const httpsReqSignatures = {
  /** (host pointer, host length, port, request pointer, request length): sends a whole HTTP/1 request and waits for the whole response. */
  wasmedge_httpsreq_send_data: signature(['i32', 'i32', 'i32', 'i32', 'i32'], []),
  /** (pointer): copies the last response to the guest, including its head. */
  wasmedge_httpsreq_get_rcv: signature(['i32'], []),
  /** Size of the last response in bytes; 0 before there was one. */
  wasmedge_httpsreq_get_rcv_len: signature([], ['i32']),
} as const;

/** The same functions under their names in {@link oldHttpsReqModuleName}. */
export const oldHttpsReqSignatures = {
  /** Like `wasmedge_httpsreq_send_data`. */
  send_data: httpsReqSignatures.wasmedge_httpsreq_send_data,
  /** Like `wasmedge_httpsreq_get_rcv`. */
  get_rcv: httpsReqSignatures.wasmedge_httpsreq_get_rcv,
  /** Like `wasmedge_httpsreq_get_rcv_len`. */
  get_rcv_len: httpsReqSignatures.wasmedge_httpsreq_get_rcv_len,
} as const;

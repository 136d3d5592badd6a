import { formatSignature } from '@wasmedge-plugins/core';
import { expect, it } from 'vitest';
import { testRules } from './__fixtures__/exchange-with.js';
import { httpsReqSignatures, oldHttpsReqSignatures } from './abi.js';
import { httpsReqHostModules } from './embedded/host-functions.js';
import { HttpsGate } from './embedded/https-gate.js';
import { HttpsSession } from './embedded/https-session.js';

// As WasmEdge's C API lists them for the plug-in of 0.12.1; 0.11.0 had them without the prefix, in the module `httpsreq`.
const listed = {
  wasmedge_httpsreq_get_rcv: '(i32) -> ()',
  wasmedge_httpsreq_get_rcv_len: '() -> (i32)',
  wasmedge_httpsreq_send_data: '(i32 i32 i32 i32 i32) -> ()',
};
const listedBefore = {
  get_rcv: '(i32) -> ()',
  get_rcv_len: '() -> (i32)',
  send_data: '(i32 i32 i32 i32 i32) -> ()',
};

const formatted = (functions: Readonly<Record<string, Parameters<typeof formatSignature>[0]>>) =>
  Object.fromEntries(Object.entries(functions).map(([name, entry]) => [name, formatSignature(entry)]));

it('has the functions and signatures of the released plug-in', () => {
  expect(formatted(httpsReqSignatures)).toEqual(listed);
  expect(formatted(oldHttpsReqSignatures)).toEqual(listedBefore);
});

it('provides a function of each signature', () => {
  const rules = testRules();
  const modules = httpsReqHostModules(
    () => new HttpsSession(new HttpsGate(rules), rules, { call: () => expect.unreachable() }),
  );
  expect(modules.map(({ name, functions }) => [name, formatted(functions)])).toEqual([
    ['wasmedge_httpsreq', listed],
    ['httpsreq', listedBefore],
  ]);
});

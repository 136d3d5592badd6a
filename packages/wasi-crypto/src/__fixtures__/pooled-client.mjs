import { createCryptoClient } from '@wasmedge-plugins/wasi-crypto';

/** One for each member of a pool, with its key. */
let signer;

export async function open(_runtime, raw) {
  const crypto = await createCryptoClient();
  signer = { crypto, pair: crypto.importKeyPair('Ed25519', raw, 'raw') };
}

export function close() {
  signer.crypto[Symbol.dispose]();
}

export function sign(_runtime, message) {
  return signer.crypto.sign(signer.pair, message);
}

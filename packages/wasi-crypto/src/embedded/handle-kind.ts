/** Low byte of each kind of handle, as WasmEdge's plug-in has them; it has no secrets manager. */
export const handleKind = {
  arrayOutput: 0x00,
  options: 0x01,
  verificationState: 0x02,
  publicKey: 0x03,
  secretKey: 0x04,
  keyPair: 0x05,
  signature: 0x06,
  signatureState: 0x07,
  symmetricState: 0x08,
  symmetricKey: 0x09,
  tag: 0x0a,
  secretsManager: 0x0b,
} as const;

/** A kind of handle. */
export type HandleKind = (typeof handleKind)[keyof typeof handleKind];

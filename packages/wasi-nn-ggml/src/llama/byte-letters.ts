/** The letters with which vocabularies of byte pairs write bytes: printable ones as themselves, the others from U+0100 on. */
const bytes = new Map<string, number>();
const isPrintable = (byte: number) =>
  (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
let next = 0x100;
for (let byte = 0; byte < 256; byte++) {
  bytes.set(String.fromCharCode(isPrintable(byte) ? byte : next++), byte);
}

/** The bytes that a text of such letters writes; `undefined` for one with another letter. */
export function bytesOfLetters(text: string): Uint8Array | undefined {
  const written = [...text].map((letter) => bytes.get(letter));
  return written.every((byte) => byte !== undefined) ? Uint8Array.from(written) : undefined;
}

import { nativeBytes } from '../native-bytes.js';

const decoder = new TextDecoder();

/**
 * The text at an address up to its zero byte; `undefined` for no address, and where there is no zero byte within `most` bytes. No byte
 * behind the zero is touched: the next page may not be there.
 */
export function nativeText(address: bigint, most: number): string | undefined {
  if (address === 0n) {
    return undefined;
  }
  const bytes = nativeBytes(address, most);
  for (let length = 0; length < most; length++) {
    if (bytes[length] === 0) {
      return decoder.decode(bytes.subarray(0, length));
    }
  }
  return undefined;
}

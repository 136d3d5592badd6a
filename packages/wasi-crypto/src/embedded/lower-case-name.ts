const decoder = new TextDecoder();

interface Known {
  readonly bytes: Uint8Array;
  readonly name: string;
}

// Guests name the same few algorithms again and again, and decoding a name takes longer than comparing it. What is known is replaced, so
// names that a guest makes up take no more room than these.
const places = 64;
const known: (Known | undefined)[] = Array.from({ length: places }, () => undefined);

/** The text of a short name in lower case. */
export function lowerCaseName(bytes: Uint8Array): string {
  const { length } = bytes;
  const place = placeOf(bytes, length);
  const before = known[place];
  if (before !== undefined && isEqual(before.bytes, bytes, length)) return before.name;
  // A copy, since what decodes text refuses shared memory.
  const copy = Uint8Array.from(bytes);
  const name = decoder.decode(copy).toLowerCase();
  known[place] = { bytes: copy, name };
  return name;
}

function placeOf(bytes: Uint8Array, length: number): number {
  let sum = length;
  for (let index = 0; index < length; index++) {
    sum = (sum * 31 + (bytes[index] as number)) | 0;
  }
  return (sum ^ (sum >>> 16)) & (places - 1);
}

function isEqual(before: Uint8Array, bytes: Uint8Array, length: number): boolean {
  if (before.length !== length) return false;
  for (let index = 0; index < length; index++) {
    if (before[index] !== bytes[index]) return false;
  }
  return true;
}

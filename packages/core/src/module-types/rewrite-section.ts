/** A copy of `bytes` in which the section from `start` to `end` has another content, given in parts. */
export function replaceSection(
  bytes: Uint8Array,
  id: number,
  start: number,
  end: number,
  content: readonly ArrayLike<number>[],
): Uint8Array {
  const length = content.reduce((sum, part) => sum + part.length, 0);
  const header = [id, ...encodeNumber(length)];
  const result = new Uint8Array(bytes.length - (end - start) + header.length + length);
  let offset = 0;
  for (const part of [bytes.subarray(0, start), header, ...content, bytes.subarray(end)]) {
    result.set(part, offset);
    offset += part.length;
  }
  return result;
}

/** LEB128 of a number up to 2^53. */
export function encodeNumber(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  bytes.push(rest);
  return bytes;
}

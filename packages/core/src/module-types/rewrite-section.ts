/** A copy of `bytes` in which the section from `start` to `end` has another content. */
export function replaceSection(
  bytes: Uint8Array,
  id: number,
  start: number,
  end: number,
  content: readonly number[],
): Uint8Array {
  const section = [id, ...encodeNumber(content.length), ...content];
  const result = new Uint8Array(bytes.length - (end - start) + section.length);
  result.set(bytes.subarray(0, start));
  result.set(section, start);
  result.set(bytes.subarray(end), start + section.length);
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

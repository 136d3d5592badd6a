/** Part of what is in a section. */
export type Content = ArrayLike<number>;

/** Another content for the section from `start` to `end`, a new section where both are the same; `undefined` removes it. */
export interface SectionReplacement {
  readonly id: number;
  readonly start: number;
  readonly end: number;
  readonly content: readonly Content[] | undefined;
}

/** A copy of a module in which sections, in any order, have another content; the same array when there are none. */
export function replaceSections(bytes: Uint8Array, replacements: readonly SectionReplacement[]): Uint8Array {
  if (replacements.length === 0) return bytes;
  const parts: Content[] = [];
  let copied = 0;
  for (const { id, start, end, content } of replacements.toSorted(
    (a, b) => a.start - b.start || a.end - b.end,
  )) {
    parts.push(bytes.subarray(copied, start));
    if (content !== undefined) parts.push([id, ...encodeNumber(lengthOf(content))], ...content);
    copied = end;
  }
  parts.push(bytes.subarray(copied));
  const result = new Uint8Array(lengthOf(parts));
  let offset = 0;
  for (const part of parts) {
    result.set(part, offset);
    offset += part.length;
  }
  return result;
}

function lengthOf(parts: readonly Content[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}

/** LEB128 of a number up to 2^53. */
export function encodeNumber(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  bytes.push(rest);
  return bytes;
}

/** A name of the binary format. */
export function encodeName(name: string): Uint8Array {
  const text = new TextEncoder().encode(name);
  return Uint8Array.from([...encodeNumber(text.length), ...text]);
}

import type { AddedExports } from './added-exports.js';
import { ByteReader } from './byte-reader.js';
import type { ModuleReading } from './module-reading.js';
import { type Content, encodeName, encodeNumber, type SectionReplacement } from './rewrite-section.js';
import { sectionId } from './sections.js';

/** Sections that come before the exports. */
const before = [
  sectionId.type,
  sectionId.import,
  sectionId.function,
  sectionId.table,
  sectionId.memory,
  sectionId.tag,
  sectionId.global,
];
const headerBytes = 8;
const kinds = { function: 0, memory: 2 } as const;

/** The changes of sections by which a module exports more; a start function that is exported no longer starts. */
export function addExports(
  { bytes, types, places }: ModuleReading,
  { memory, start }: AddedExports,
): SectionReplacement[] {
  const added: Content[] = [];
  const replacements: SectionReplacement[] = [];
  if (memory !== undefined) added.push(encodeName(memory), [kinds.memory, 0]);
  const startPlace = places.get(sectionId.start);
  if (start !== undefined && startPlace !== undefined) {
    // What is in the section is the index of the function.
    const index = bytes.subarray(startPlace.content, startPlace.end);
    added.push(encodeName(start), [kinds.function], index);
    replacements.push({ ...startPlace, content: undefined });
  }
  if (added.length === 0) return [];
  const count = types.exports.length + Number(memory !== undefined) + replacements.length;
  const place = places.get(sectionId.export);
  const own = place === undefined ? [] : [entriesOf(bytes, place.content, place.end)];
  const end = Math.max(headerBytes, ...before.map((id) => places.get(id)?.end ?? 0));
  const at = place ?? { id: sectionId.export, start: end, end };
  replacements.push({ ...at, content: [encodeNumber(count), ...own, ...added] });
  return replacements;
}

/** A list without its length. */
function entriesOf(bytes: Uint8Array, start: number, end: number): Content {
  const reader = new ByteReader(bytes, { start, end });
  reader.u32();
  return bytes.subarray(reader.offset, end);
}

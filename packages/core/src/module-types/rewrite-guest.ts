import { addExports } from './add-exports.js';
import { type AddedExports, noAddedExports } from './added-exports.js';
import { ByteReader } from './byte-reader.js';
import type { MemoryType } from './external-types.js';
import type { ModuleReading } from './module-reading.js';
import {
  type Content,
  encodeName,
  encodeNumber,
  replaceSections,
  type SectionReplacement,
} from './rewrite-section.js';
import { sectionId } from './sections.js';

/** What a guest imports by: the name of the module, and the name of what it has. */
export interface ImportName {
  readonly module: string;
  readonly name: string;
}

/** How the module that an engine gets differs from the guest's bytes; what is `undefined` stays as it is. */
export interface GuestChanges {
  readonly memories: readonly MemoryType[] | undefined;
  /** Most elements of each table. */
  readonly tableMaxima: readonly number[] | undefined;
  /** Other names of imports, by their index. */
  readonly importNames: ReadonlyMap<number, ImportName> | undefined;
  /** Default: none. */
  readonly addedExports?: AddedExports | undefined;
}

/** No change. */
export const unchanged: GuestChanges = {
  memories: undefined,
  tableMaxima: undefined,
  importNames: undefined,
};

/** Tells apart what one guest can be changed to; empty for no change. */
export function changesKey({ memories, tableMaxima, importNames, addedExports }: GuestChanges): string {
  const { memory, start } = addedExports ?? noAddedExports;
  const isUnchanged = memories === undefined && tableMaxima === undefined && importNames === undefined;
  if (isUnchanged && memory === undefined && start === undefined) return '';
  const names = importNames === undefined ? [] : [...importNames];
  return JSON.stringify([memories?.map(({ maximum }) => maximum), tableMaxima, names, memory, start]);
}

/**
 * A guest as an engine gets it, with its changes in place and without what WasmEdge would take for compiled code: native code of a guest
 * is never run. The same array when nothing is to be changed, else a copy.
 */
export function rewriteGuest(reading: ModuleReading, changes: GuestChanges): Uint8Array {
  const { memories, tableMaxima, importNames, addedExports = noAddedExports } = changes;
  const replacements: SectionReplacement[] = reading.compiledCode.map((place) => ({
    ...place,
    content: undefined,
  }));
  const replace = (id: number, content: readonly Content[]) => {
    const place = reading.places.get(id);
    if (place !== undefined) replacements.push({ ...place, content });
  };
  if (importNames !== undefined) replace(sectionId.import, renamedImports(reading, importNames));
  if (tableMaxima !== undefined) replace(sectionId.table, limitedTables(reading, tableMaxima));
  if (memories !== undefined) {
    replace(sectionId.memory, [encodeNumber(memories.length), ...memories.map(encodeMemory)]);
  }
  replacements.push(...addExports(reading, addedExports));
  return replaceSections(reading.bytes, replacements);
}

function renamedImports(
  { bytes, importStarts, places }: ModuleReading,
  names: ReadonlyMap<number, ImportName>,
): Content[] {
  const { content, end } = places.get(sectionId.import) as { content: number; end: number };
  const encoded = new Map<string, Uint8Array>();
  const parts: Content[] = [];
  let copied = content;
  const encode = (name: string) => {
    const bytesOfName = encoded.get(name) ?? encodeName(name);
    encoded.set(name, bytesOfName);
    return bytesOfName;
  };
  for (const [index, { module, name }] of [...names].sort(([a], [b]) => a - b)) {
    const start = importStarts[index] as number;
    parts.push(bytes.subarray(copied, start), encode(module), encode(name));
    copied = behindName(bytes, behindName(bytes, start));
  }
  parts.push(bytes.subarray(copied, end));
  return parts;
}

/** The bytes before and behind the limits of a table stay as they are. */
function limitedTables({ bytes, tables }: ModuleReading, maxima: readonly number[]): Content[] {
  const parts = tables.flatMap(({ type, start, limits, end }, index) => [
    bytes.subarray(start, limits.start),
    [limits.flags | 1, ...encodeNumber(type.minimum), ...encodeNumber(maxima[index] as number)],
    bytes.subarray(limits.end, end),
  ]);
  return [encodeNumber(tables.length), ...parts];
}

function encodeMemory({ minimum, maximum, shared, is64 }: MemoryType): number[] {
  const flags = (maximum === undefined ? 0 : 1) | (shared ? 2 : 0) | (is64 ? 4 : 0);
  return [flags, ...encodeNumber(minimum), ...(maximum === undefined ? [] : encodeNumber(maximum))];
}

function behindName(bytes: Uint8Array, start: number): number {
  const reader = new ByteReader(bytes, { start, end: bytes.length });
  reader.skip(reader.u32());
  return reader.offset;
}

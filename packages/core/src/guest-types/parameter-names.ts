import { InvalidGuestError } from '../errors/guest-errors.js';
import type { ByteReader } from '../module-types/byte-reader.js';
import type { ModuleTypes } from '../module-types/module-types.js';
import { readSections, sectionId } from '../module-types/sections.js';

/** Names of a function's parameters, by their index; those that have none are absent. */
export type ParameterNames = ReadonlyMap<number, string>;

/** What a module calls the parameters of the functions that it imports and exports, in the order of its imports and exports. */
export interface NamesOfModule {
  readonly imports: readonly (ParameterNames | undefined)[];
  readonly exports: readonly (ParameterNames | undefined)[];
}

/** Longer ones are left out: nobody reads them. */
const mostBytes = 256;
const sectionName = [...Buffer.from('name')];
const localNames = 2;
const functionKind = 0;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads the names of parameters from the custom section `name`. Nothing depends on them: where the section is malformed, what was read before
 * is what there is.
 *
 * @param types what the module imports and exports, from the same bytes.
 */
export function readParameterNames(bytes: Uint8Array, types: ModuleTypes): NamesOfModule {
  let imported = 0;
  const imports = types.imports.map(({ type }) => (type.kind === 'function' ? imported++ : undefined));
  let exports: readonly (number | undefined)[] = [];
  let section: ByteReader | undefined;
  for (const { id, reader } of readSections(bytes)) {
    if (id === sectionId.export) exports = readExportedFunctions(reader);
    if (id === sectionId.custom && isNameSection(reader)) section ??= reader;
  }
  const names = new Map<number, Map<number, string>>();
  if (section !== undefined) readNames(section, new Set([...imports, ...exports]), names);
  const find = (index: number | undefined) => (index === undefined ? undefined : names.get(index));
  return { imports: imports.map(find), exports: exports.map(find) };
}

/** The index of each exported function; `undefined` for an export that is not a function. */
function readExportedFunctions(reader: ByteReader): (number | undefined)[] {
  return Array.from({ length: reader.count() }, () => {
    reader.skip(reader.u32());
    const kind = reader.byte();
    const index = reader.u32();
    return kind === functionKind ? index : undefined;
  });
}

/** Reads the name of a custom section. */
function isNameSection(reader: ByteReader): boolean {
  const length = reader.u32();
  const start = reader.offset;
  reader.skip(length);
  return length === sectionName.length && sectionName.every((byte, at) => reader.bytes[start + at] === byte);
}

function readNames(
  section: ByteReader,
  wanted: ReadonlySet<number | undefined>,
  names: Map<number, Map<number, string>>,
): void {
  try {
    readNameSection(section, wanted, names);
  } catch (error) {
    if (!InvalidGuestError.isInstance(error)) throw error;
  }
}

function readNameSection(
  section: ByteReader,
  wanted: ReadonlySet<number | undefined>,
  names: Map<number, Map<number, string>>,
): void {
  while (section.remaining > 0) {
    const id = section.byte();
    const reader = section.part(section.u32());
    if (id !== localNames) continue;
    for (let functions = reader.count(); functions > 0; functions--) {
      const index = reader.u32();
      const own = wanted.has(index) ? new Map<number, string>() : undefined;
      if (own !== undefined) names.set(index, own);
      for (let locals = reader.count(); locals > 0; locals--) readName(reader, own);
    }
  }
}

function readName(reader: ByteReader, names: Map<number, string> | undefined): void {
  const index = reader.u32();
  const length = reader.u32();
  const start = reader.offset;
  reader.skip(length);
  if (names === undefined || length > mostBytes) return;
  try {
    names.set(index, utf8.decode(reader.bytes.subarray(start, reader.offset)));
  } catch {
    // A name that is not text is none.
  }
}

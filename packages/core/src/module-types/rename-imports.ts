import { readImport } from './entries.js';
import type { FunctionType } from './external-types.js';
import { encodeNumber, replaceSection } from './rewrite-section.js';
import { readSections, sectionId } from './sections.js';
import { readTypeSection } from './type-section.js';

/** A copy of a module in which the imports with these indices have other names. */
export function renameImports(bytes: Uint8Array, names: ReadonlyMap<number, string>): Uint8Array {
  let types: FunctionType[] = [];
  for (const { id, start, reader } of readSections(bytes)) {
    if (id === sectionId.type) {
      types = readTypeSection(reader).map(({ signature }) => ({ kind: 'function', signature }));
    }
    if (id !== sectionId.import) continue;
    const parts: Uint8Array[] = [];
    const renamed = new Map<string, Uint8Array>();
    let copied = reader.offset;
    const count = reader.count();
    for (let index = 0; index < count; index += 1) {
      const entry = reader.offset;
      readImport(reader, types);
      const name = names.get(index);
      if (name === undefined) continue;
      const next = reader.offset;
      reader.offset = entry;
      reader.name();
      const encoded = renamed.get(name) ?? encodeName(name);
      renamed.set(name, encoded);
      parts.push(bytes.subarray(copied, reader.offset), encoded);
      reader.name();
      copied = reader.offset;
      reader.offset = next;
    }
    parts.push(bytes.subarray(copied, reader.end));
    return replaceSection(bytes, id, start, reader.end, parts);
  }
  return bytes;
}

function encodeName(name: string): Uint8Array {
  const text = new TextEncoder().encode(name);
  return Uint8Array.from([...encodeNumber(text.length), ...text]);
}

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
    const count = reader.count();
    const content = encodeNumber(count);
    const copyFrom = (offset: number) => {
      for (let at = offset; at < reader.offset; at += 1) content.push(bytes[at] as number);
    };
    for (let index = 0; index < count; index += 1) {
      const entry = reader.offset;
      readImport(reader, types);
      const name = names.get(index);
      if (name === undefined) {
        copyFrom(entry);
        continue;
      }
      const end = reader.offset;
      reader.offset = entry;
      reader.name();
      copyFrom(entry);
      reader.name();
      const kind = reader.offset;
      const encoded = new TextEncoder().encode(name);
      content.push(...encodeNumber(encoded.length), ...encoded);
      reader.offset = end;
      copyFrom(kind);
    }
    return replaceSection(bytes, id, start, reader.end, [content]);
  }
  return bytes;
}

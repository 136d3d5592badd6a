import { ByteReader } from './byte-reader.js';
import { readHeader } from './module-header.js';

/** The sections that are read here, by their id in the binary format. */
export const sectionId = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
  data: 11,
  tag: 13,
} as const;

/** Ids in the order in which the sections of a module must come. */
const order = [1, 2, 3, 4, 5, 13, 6, 7, 8, 9, 12, 10, 11];

export interface Section {
  readonly id: number;
  /** Offset of the section's id. */
  readonly start: number;
  /** The section's content. */
  readonly reader: ByteReader;
}

/** All sections of a module in order. */
export function* readSections(bytes: Uint8Array): Generator<Section> {
  const reader = new ByteReader(bytes);
  readHeader(reader);
  let last = -1;
  while (reader.remaining > 0) {
    const start = reader.offset;
    const id = reader.byte();
    const content = reader.part(reader.u32());
    if (id !== sectionId.custom) {
      const position = order.indexOf(id);
      if (position < 0) throw reader.invalid(`a section of the unknown kind ${id}`, start);
      if (position <= last) throw reader.invalid(`a second or misplaced section of the kind ${id}`, start);
      last = position;
    }
    yield { id, start, reader: content };
  }
}

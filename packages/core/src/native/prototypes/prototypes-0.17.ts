import { type PrototypeTable, prototypes014 } from './prototype-table.js';

const pointer = 'uint64_t';

/** libwasmedge 0.17 made sizes and offsets of memories and tables 64 bits wide. */
export const prototypes017: PrototypeTable = {
  ...prototypes014,
  ConfigureSetMaxMemoryPage: ['void', [pointer, 'uint64_t']],
  MemoryInstanceGetPointer: [pointer, [pointer, 'uint64_t', 'uint64_t']],
  MemoryInstanceGetPageSize: ['uint64_t', [pointer]],
  MemoryInstanceGrowPage: ['uint32_t', [pointer, 'uint64_t']],
  TableInstanceGetSize: ['uint64_t', [pointer]],
  TableInstanceGetData: ['uint32_t', [pointer, pointer, 'uint64_t']],
  TableInstanceSetData: ['uint32_t', [pointer, 'Value', 'uint64_t']],
  TableInstanceGrow: ['uint32_t', [pointer, 'uint64_t']],
};

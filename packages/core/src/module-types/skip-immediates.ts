import type { ByteReader } from './byte-reader.js';
import { readHeapType, readValueType } from './value-type.js';

/**
 * Passes over what follows the opcode of an instruction that takes and gives a fixed number of values. Returns false for an opcode that
 * is not known.
 */
export function skipImmediates(reader: ByteReader, opcode: number): boolean {
  if (opcode >= 0x28 && opcode <= 0x3e) return skipMemoryArgument(reader);
  if (opcode >= 0x45 && opcode <= 0xc4) return true; // arithmetic
  switch (opcode) {
    case 0x00: // unreachable
    case 0x01: // nop
    case 0x1a: // drop
    case 0x1b: // select
    case 0xd1: // ref.is_null
    case 0xd3: // ref.eq
    case 0xd4: // ref.as_non_null
      return true;
    case 0x1c: // select with types
      for (let count = reader.count(); count > 0; count--) readValueType(reader);
      return true;
    case 0x20: // local.get, set, tee, global.get, set, table.get, set
    case 0x21:
    case 0x22:
    case 0x23:
    case 0x24:
    case 0x25:
    case 0x26:
    case 0x3f: // memory.size, grow
    case 0x40:
    case 0xd2: // ref.func
      return skipIndices(reader, 1);
    case 0x41: // i32.const
      reader.skipNumber(5);
      return true;
    case 0x42: // i64.const
      reader.skipNumber(10);
      return true;
    case 0x43: // f32.const
      reader.skip(4);
      return true;
    case 0x44: // f64.const
      reader.skip(8);
      return true;
    case 0xd0: // ref.null
      readHeapType(reader);
      return true;
    case 0xfc:
      return skipBulkInstruction(reader);
    case 0xfd:
      return skipVectorInstruction(reader);
    case 0xfe:
      return skipAtomicInstruction(reader);
    default:
      return false;
  }
}

/** Passes over `count` indices; always true. */
export function skipIndices(reader: ByteReader, count: number): boolean {
  for (let left = count; left > 0; left--) reader.u32();
  return true;
}

function skipMemoryArgument(reader: ByteReader): boolean {
  const hasMemoryIndex = 0x40;
  if ((reader.u32() & hasMemoryIndex) !== 0) reader.u32();
  reader.skipNumber(10);
  return true;
}

/** Saturating conversions, 128-bit arithmetic, and instructions on whole memories and tables. */
function skipBulkInstruction(reader: ByteReader): boolean {
  const code = reader.u32();
  switch (code) {
    case 8: // memory.init, memory.copy, table.init, table.copy
    case 10:
    case 12:
    case 14:
      return skipIndices(reader, 2);
    case 9: // data.drop, memory.fill, elem.drop, table.grow, size, fill
    case 11:
    case 13:
    case 15:
    case 16:
    case 17:
      return skipIndices(reader, 1);
    default:
      return code <= 22;
  }
}

function skipVectorInstruction(reader: ByteReader): boolean {
  const code = reader.u32();
  if (code <= 11 || code === 92 || code === 93) return skipMemoryArgument(reader);
  if (code >= 84 && code <= 91) {
    skipMemoryArgument(reader);
    reader.skip(1); // lane
  } else if (code === 12 || code === 13) {
    reader.skip(16); // v128.const, i8x16.shuffle
  } else if (code >= 21 && code <= 34) {
    reader.skip(1); // lane
  }
  return code <= 0x113;
}

function skipAtomicInstruction(reader: ByteReader): boolean {
  const code = reader.u32();
  if (code === 3) {
    reader.skip(1); // atomic.fence
    return true;
  }
  return code <= 0x4e && skipMemoryArgument(reader);
}

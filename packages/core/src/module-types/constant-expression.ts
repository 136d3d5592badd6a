import type { ByteReader } from './byte-reader.js';
import { readHeapType } from './value-type.js';

/**
 * Passes over the initialiser of a global or table. Returns false at an instruction that is not known to be constant; where the
 * expression ends is then unknown.
 */
export function skipConstantExpression(reader: ByteReader): boolean {
  for (;;) {
    const opcode = reader.byte();
    switch (opcode) {
      case 0x0b: // end
        return true;
      case 0x41: // i32.const
        reader.skipNumber(5);
        break;
      case 0x42: // i64.const
        reader.skipNumber(10);
        break;
      case 0x43: // f32.const
        reader.skip(4);
        break;
      case 0x44: // f64.const
        reader.skip(8);
        break;
      case 0x23: // global.get
      case 0xd2: // ref.func
        reader.u32();
        break;
      case 0xd0: // ref.null
        readHeapType(reader);
        break;
      case 0x6a: // i32.add, i32.sub, i32.mul
      case 0x6b:
      case 0x6c:
      case 0x7c: // i64.add, i64.sub, i64.mul
      case 0x7d:
      case 0x7e:
        break;
      case 0xfd: // of the vector instructions, only v128.const
        if (reader.u32() !== 12) return false;
        reader.skip(16);
        break;
      case 0xfb:
        if (!skipReferenceInstruction(reader)) return false;
        break;
      default:
        return false;
    }
  }
}

function skipReferenceInstruction(reader: ByteReader): boolean {
  switch (reader.u32()) {
    case 0: // struct.new
    case 1: // struct.new_default
    case 6: // array.new
    case 7: // array.new_default
      reader.u32();
      return true;
    case 8: // array.new_fixed
      reader.u32();
      reader.u32();
      return true;
    case 26: // any.convert_extern
    case 27: // extern.convert_any
    case 28: // ref.i31
      return true;
    default:
      return false;
  }
}

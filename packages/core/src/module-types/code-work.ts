import type { ByteReader } from './byte-reader.js';
import { skipImmediates, skipIndices } from './skip-immediates.js';
import type { DefinedType } from './type-section.js';
import { readHeapType, readValueType } from './value-type.js';

/** What the code of a module refers to, by index. */
export interface CodeContext {
  readonly types: readonly DefinedType[];
  /** Types of all functions, the imported ones first. */
  readonly functions: readonly DefinedType[];
  /** Types of all tags, the imported ones first. */
  readonly tags: readonly DefinedType[];
}

/**
 * How many values the instructions of a function take and give. Where code cannot be reached, an instruction may take values that
 * nothing made, so a few bytes stand for any number of them, and an engine looks at each.
 *
 * @throws {InvalidGuestError} for an instruction that is not known.
 */
export function codeWork(reader: ByteReader, own: DefinedType, context: CodeContext): number {
  /** Values that a branch to each open block takes. */
  const labels = [own.gives];
  let work = 0;
  const branch = (depth: number) => {
    work += labels[labels.length - 1 - depth] ?? 0;
  };
  const use = (type: DefinedType | undefined) => {
    work += (type?.takes ?? 0) + (type?.gives ?? 0);
  };
  const open = (isLoop: boolean) => {
    const { takes, gives } = blockType(reader, context);
    // Where it begins and where it ends, values are taken and given.
    work += 2 * (takes + gives);
    labels.push(isLoop ? takes : gives);
  };

  while (reader.remaining > 0) {
    const start = reader.offset;
    const opcode = reader.byte();
    work++;
    switch (opcode) {
      case 0x02: // block, loop, if, try
      case 0x03:
      case 0x04:
      case 0x06:
        open(opcode === 0x03);
        break;
      case 0x1f: // try_table
        open(false);
        for (let clauses = reader.count(); clauses > 0; clauses--) {
          if (reader.byte() < 2) use(context.tags[reader.u32()]);
          branch(reader.u32());
        }
        break;
      case 0x05: // else, catch_all
      case 0x19:
        branch(0);
        break;
      case 0x0b: // end
        labels.pop();
        break;
      case 0x18: // delegate
        reader.u32();
        labels.pop();
        break;
      case 0x07: // catch
        branch(0);
        use(context.tags[reader.u32()]);
        break;
      case 0x08: // throw
        use(context.tags[reader.u32()]);
        break;
      case 0x09: // rethrow
        reader.u32();
        break;
      case 0x0a: // throw_ref
        break;
      case 0x0c: // br
        branch(reader.u32());
        break;
      case 0x0d: // br_if, br_on_null, br_on_non_null
      case 0xd5:
      case 0xd6: {
        const depth = reader.u32();
        branch(depth);
        branch(depth);
        break;
      }
      case 0x0e: // br_table
        for (let left = reader.count() + 1; left > 0; left--) {
          const depth = reader.u32();
          branch(depth);
          branch(depth);
        }
        break;
      case 0x0f: // return
        work += own.gives;
        break;
      case 0x10: // call, return_call
      case 0x12:
        use(context.functions[reader.u32()]);
        break;
      case 0x11: // call_indirect, return_call_indirect
      case 0x13:
        use(context.types[reader.u32()]);
        reader.u32();
        break;
      case 0x14: // call_ref, return_call_ref
      case 0x15:
        use(context.types[reader.u32()]);
        break;
      case 0xfb:
        work += referenceWork(reader, context, branch);
        break;
      default:
        if (!skipImmediates(reader, opcode)) {
          throw reader.invalid(`the instruction 0x${opcode.toString(16)}, which is unknown,`, start);
        }
    }
  }
  return work;
}

function blockType(reader: ByteReader, { types }: CodeContext): { takes: number; gives: number } {
  const first = reader.peek();
  if (first === 0x40) {
    reader.byte();
    return { takes: 0, gives: 0 };
  }
  if (first < 0x80 && first >= 0x40) {
    readValueType(reader);
    return { takes: 0, gives: 1 };
  }
  return types[reader.u32()] ?? { takes: 0, gives: 0 };
}

/** Instructions on structs, arrays and other references; returns how many values they take. */
function referenceWork(reader: ByteReader, { types }: CodeContext, branch: (depth: number) => void): number {
  const start = reader.offset;
  const code = reader.u32();
  switch (code) {
    case 0: // struct.new
      return types[reader.u32()]?.takes ?? 0;
    case 8: // array.new_fixed
      reader.u32();
      return reader.u32();
    case 1: // struct.new_default, array.new, new_default, get, get_s, get_u, set, fill
    case 6:
    case 7:
    case 11:
    case 12:
    case 13:
    case 14:
    case 16:
      skipIndices(reader, 1);
      return 0;
    case 2: // struct.get, get_s, get_u, set, array.new_data, new_elem, copy, init_data, init_elem
    case 3:
    case 4:
    case 5:
    case 9:
    case 10:
    case 17:
    case 18:
    case 19:
      skipIndices(reader, 2);
      return 0;
    case 20: // ref.test, ref.cast
    case 21:
    case 22:
    case 23:
      readHeapType(reader);
      return 0;
    case 24: // br_on_cast, br_on_cast_fail
    case 25: {
      reader.byte();
      const depth = reader.u32();
      branch(depth);
      branch(depth);
      readHeapType(reader);
      readHeapType(reader);
      return 0;
    }
    default:
      if (code === 15 || (code >= 26 && code <= 30)) return 0;
      throw reader.invalid(`the instruction 0xfb ${code}, which is unknown,`, start);
  }
}

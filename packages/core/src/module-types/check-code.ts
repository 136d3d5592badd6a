import type { ByteReader } from './byte-reader.js';
import { type CodeContext, codeWork } from './code-work.js';
import { most } from './implementation-limits.js';
import { unknownType } from './type-section.js';
import { readValueType } from './value-type.js';

/** Local variables, parameters and results of all functions that any module may have; above, as many as it has bytes, four times. */
const freeLocals = 1_000_000;
/** Values that the instructions of a module may take and give in any case; above, as many as it has bytes of code, so many times. */
const freeWork = 8_000_000;
const workPerByte = 4;
/** Values that one instruction may take and give without being counted: then an engine's work is bounded by the bytes alone. */
const fewValues = 32;

/**
 * Refuses functions whose few bytes stand for much: an engine would compute for minutes, or end the process when there is no memory.
 * Local variables, parameters and results are counted; so are the values of instructions, where a type has many of them.
 *
 * @param reader of the code section.
 * @param imported how many of the functions are imported: the others have their bodies here.
 * @throws {InvalidGuestError} for more of something than is taken.
 */
export function checkBodies(reader: ByteReader, imported: number, context: CodeContext): void {
  const size = reader.remaining;
  const maxValues = context.types.reduce((largest, { takes, gives }) => Math.max(largest, takes + gives), 0);
  const counted = maxValues > fewValues || context.types.some(({ kind }) => kind === 'array');
  let locals = 0;
  let work = 0;
  const count = reader.count('functions', most.functions);
  for (let index = 0; index < count; index++) {
    const body = reader.part(bodySize(reader));
    const type = context.functions[imported + index] ?? unknownType;
    locals += type.takes + type.gives + readLocals(body, type.takes);
    if (locals > freeLocals + 4 * size) {
      throw body.tooMany(
        locals,
        'local variables, parameters and results of functions',
        freeLocals + 4 * size,
      );
    }
    // One function with large blocks can fill the memory, many only take time.
    if (counted || body.remaining * maxValues > freeWork) {
      work += codeWork(body, type, context);
      if (work > freeWork + workPerByte * size) {
        throw body.tooMany(work, 'values that instructions take and give', freeWork + workPerByte * size);
      }
    }
  }
}

function bodySize(reader: ByteReader): number {
  const start = reader.offset;
  const size = reader.u32();
  if (size > most.functionBytes) throw reader.tooMany(size, 'bytes in a function', most.functionBytes, start);
  return size;
}

/** Passes over the declarations of local variables; returns how many there are. */
function readLocals(body: ByteReader, parameters: number): number {
  const start = body.offset;
  let locals = 0;
  for (let groups = body.count('groups of local variables'); groups > 0; groups--) {
    locals += body.u32();
    if (locals + parameters > most.locals) {
      throw body.tooMany(locals + parameters, 'local variables in a function', most.locals, start);
    }
    readValueType(body);
  }
  return locals;
}

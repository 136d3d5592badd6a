import { type Field, type MessageName, scalars, schema } from './schema.js';
import { readFields, type WireField } from './wire.js';

/** As deep as messages may be in each other for Protocol Buffers. */
const maxDepth = 100;

/** Where a message is: the names of those that it is in, the model first. */
export type MessagePath = readonly MessageName[];

/**
 * Calls a function with every message of a model, those within others too, the outer ones first.
 *
 * Readers of Protocol Buffers merge what comes twice, cut off bits and pass over what they do not know, and not all do it alike. None of that is in a model that was
 * written as the format says, and here it is refused, so that every reader finds the same in a model.
 *
 * @throws {RangeError} for what is not a model, or not written as the format says.
 */
export function visitMessages(
  model: Uint8Array,
  visit: (name: MessageName, message: Uint8Array, path: MessagePath) => void,
): void {
  const within = (name: MessageName, message: Uint8Array, path: MessagePath): void => {
    if (path.length >= maxDepth) throw new RangeError(`messages in it are more than ${maxDepth} deep`);
    visit(name, message, path);
    const inner = [...path, name];
    const seen = new Set<unknown>();
    for (const wire of readFields(message)) {
      const field = schema[name].get(wire.number);
      if (field === undefined) throw new RangeError(`the format has no field ${wire.number} of ${name}`);
      if (field.type === 'unused') continue;
      checkTimes(name, wire.number, field, seen);
      if (field.type in scalars) checkScalar(name, wire, field);
      else if (wire.kind === 'bytes') within(field.type as MessageName, wire.bytes, inner);
      else throw ofAnotherKind(name, wire);
    }
  };
  within('ModelProto', model, []);
}

/** @param seen the fields that came before, by their numbers, or by what those that exclude each other have in common. */
function checkTimes(name: MessageName, number: number, { times }: Field, seen: Set<unknown>): void {
  if (times === 'any') return;
  const key = times === 'once' ? number : times;
  if (seen.has(key)) throw new RangeError(`the field ${number} of ${name} comes more than once`);
  seen.add(key);
}

/** Several numbers may also come together, as bytes. */
function checkScalar(name: MessageName, wire: WireField, { type, times }: Field): void {
  const isPacked = times === 'any' && wire.kind === 'bytes';
  if (wire.kind !== scalars[type as keyof typeof scalars] && !isPacked) throw ofAnotherKind(name, wire);
  if (type !== 'int32' || wire.kind !== 'varint') return;
  // A negative one is written in 64 bits.
  const value = BigInt.asIntN(64, wire.value);
  if (value !== BigInt.asIntN(32, value)) {
    throw new RangeError(`the field ${wire.number} of ${name} has more than 32 bits`);
  }
}

function ofAnotherKind(name: MessageName, { number, kind }: WireField): RangeError {
  return new RangeError(`the field ${number} of ${name} is of the kind ${kind}, which it does not have`);
}

import type { GgufValue } from './gguf-reader.js';
import { poolingNames } from './pooling-names.js';
import type { ReadHeader } from './read-header.js';
import { tensorBytes } from './tensor-bytes.js';

/** More than any model has. */
const mostContext = 2 ** 30;

/**
 * Checks what llama.cpp, or what asks it, believes a file: numbers that it counts up to, places that it reads, and names that metadata is looked up by.
 *
 * @returns the model's architecture.
 * @throws {RangeError} for a file that contradicts itself.
 */
export function checkHeader({ header: { values, tensors }, bytes }: ReadHeader): string {
  const architecture = values.get('general.architecture');
  if (typeof architecture !== 'string' || !/^[a-z][\w.-]*$/i.test(architecture)) {
    throw new RangeError('it names no architecture');
  }
  const outside = tensors.find(
    (tensor) => tensor.offset >= bytes || tensor.offset + tensorBytes(tensor) > bytes,
  );
  if (outside !== undefined)
    throw new RangeError(`its tensor ${outside.name} lies behind its end, as in a file that was cut off`);
  // Each layer, expert or head has tensors, or parts of one.
  const countOf = (name: string) => numberOf(values, `${architecture}.${name}`);
  if (countOf('block_count') > tensors.length) throw new RangeError('it has more layers than tensors');
  const width = countOf('embedding_length');
  if (countOf('attention.head_count') > width) throw new RangeError('it has more heads than its width');
  if (countOf('context_length') > mostContext) throw new RangeError('its context is too long');
  if (countOf('pooling_type') >= poolingNames.length)
    throw new RangeError('it pools vectors in an unknown way');
  const embedding = tensors.find(({ name }) => name === 'token_embd.weight');
  const tokens = values.get('tokenizer.ggml.tokens');
  const count = typeof tokens === 'object' ? tokens.length : undefined;
  const rows = embedding?.shape[1];
  if (count !== undefined && rows !== undefined && count > rows) {
    throw new RangeError(`it has ${count} tokens, but vectors for ${rows}`);
  }
  return architecture;
}

/** A number of the metadata, or the largest of a list of them, of which the length alone is known. */
function numberOf(values: ReadonlyMap<string, GgufValue>, name: string): number {
  const value = values.get(name);
  return typeof value === 'number' ? value : 0;
}

import { InvalidArgumentError } from '@wasmedge-plugins/core';
import { brokenModel, type ModelDescription } from '@wasmedge-plugins/wasi-nn/kit';
import { checkHeader } from './gguf/check-header.js';
import { generatesText } from './gguf/generates-text.js';
import type { GgufHeader, GgufValue } from './gguf/gguf-reader.js';
import { poolingNames } from './gguf/pooling-names.js';
import { type ReadHeader, readHeader } from './gguf/read-header.js';

const format = 'GGUF';

/**
 * What a GGUF file reveals about its model. None of it is trusted, and nothing is run.
 *
 * @throws {InvalidArgumentError} when it cannot be read, or is something else.
 */
export async function describeModel(path: string): Promise<ModelDescription> {
  const { header, bytes } = read(path);
  const { values, tensors } = header;
  const architecture = values.get('general.architecture') ?? 'unknown';
  const tokens = values.get('tokenizer.ggml.tokens');
  const pooling = values.get(`${architecture}.pooling_type`);
  const notes = [
    ['architecture', architecture],
    ['name', values.get('general.name')],
    ['parameters', tensors.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0)],
    ['context', values.get(`${architecture}.context_length`)],
    ['embedding', values.get(`${architecture}.embedding_length`)],
    ['vocabulary', typeof tokens === 'object' ? tokens.length : undefined],
    ['gives', answersOf(header).join(', ')],
    ['pooling', typeof pooling === 'number' ? (poolingNames[pooling] ?? pooling) : undefined],
    ['chat template', values.has('tokenizer.chat_template') ? 'yes' : 'no'],
  ].filter((note): note is [string, GgufValue] => note[1] !== undefined);
  const text = (name: string) => ({ name, type: 'u8', shape: [-1] });
  return {
    format,
    bytes,
    inputs: [text('prompt'), text('metadata')],
    outputs: [text('text'), text('metadata')],
    notes: notes.map(([name, value]) => `${name}: ${String(value)}`),
  };
}

/** What is computed of texts. */
function answersOf({ values, tensors }: GgufHeader): readonly string[] {
  const hasHead = tensors.some(({ name }) => /^cls(\.output)?\.weight$/.test(name));
  return [
    ...(generatesText(values.get('general.architecture')) ? ['text'] : []),
    'vectors',
    ...(hasHead ? ['scores'] : []),
  ];
}

function read(path: string): ReadHeader {
  try {
    const found = readHeader(path);
    checkHeader(found);
    return found;
  } catch (error) {
    if (error instanceof RangeError) throw brokenModel(path, format, error.message);
    throw new InvalidArgumentError(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

import { maxListed, maxModels, maxTensors } from '../bounds.js';
import { MalformedMessage } from '../malformed.js';
import type { ModelMetadata, RepositoryModel, ServerMetadata, TensorMetadata } from '../messages.js';
import { readShape } from './infer-response.js';
import { JsonReader } from './json-reader.js';

/** Reads what a server says of itself. */
export function readServerMetadata(body: Buffer): ServerMetadata {
  let extensions: readonly string[] = [];
  const texts = readObject(new JsonReader(body), (member, reader) => {
    if (member !== 'extensions') return false;
    extensions = readList(reader, maxListed, member, () => reader.string());
    return true;
  });
  return { name: texts.get('name') ?? '', version: texts.get('version') ?? '', extensions };
}

/** Reads what a server says of a model. */
export function readModelMetadata(body: Buffer): ModelMetadata {
  let versions: readonly string[] = [];
  const tensors: { inputs: readonly TensorMetadata[]; outputs: readonly TensorMetadata[] } = {
    inputs: [],
    outputs: [],
  };
  const texts = readObject(new JsonReader(body), (member, reader) => {
    if (member === 'versions') versions = readList(reader, maxListed, member, () => reader.string());
    else if (member === 'inputs' || member === 'outputs') {
      tensors[member] = readList(reader, maxTensors, member, () => readTensorMetadata(reader));
    } else return false;
    return true;
  });
  return { name: texts.get('name') ?? '', versions, platform: texts.get('platform') ?? '', ...tensors };
}

function readTensorMetadata(reader: JsonReader): TensorMetadata {
  let shape: readonly number[] = [];
  const texts = readMembers(reader, (member) => {
    if (member !== 'shape') return false;
    shape = readShape(reader);
    return true;
  });
  const name = texts.get('name') ?? '';
  const wrong = shape.find((length) => length < -1);
  if (wrong !== undefined) throw new MalformedMessage(`describes "${name}" with a dimension of ${wrong}`);
  return { name, dataType: texts.get('datatype') ?? '', shape };
}

/** Reads which models a server's repository has. */
export function readRepositoryIndex(body: Buffer): readonly RepositoryModel[] {
  const reader = new JsonReader(body);
  const models = readList(reader, maxModels, 'models', () => {
    const texts = readMembers(reader, () => false);
    return {
      name: texts.get('name') ?? '',
      version: texts.get('version') ?? '',
      state: texts.get('state') ?? '',
    };
  });
  reader.end();
  return models;
}

/** The text with which a server explains a failure; absent if there is none. */
export function readErrorText(body: Buffer): string | undefined {
  try {
    const texts = readObject(new JsonReader(body), () => false);
    return texts.get('error') ?? texts.get('detail');
  } catch (error) {
    if (error instanceof MalformedMessage) return undefined;
    throw error;
  }
}

function readObject(
  reader: JsonReader,
  onMember: (name: string, reader: JsonReader) => boolean,
): ReadonlyMap<string, string> {
  const texts = readMembers(reader, (name) => onMember(name, reader));
  reader.end();
  return texts;
}

/** Members with known names that are texts; others are skipped, unless `onMember` has read them. */
function readMembers(reader: JsonReader, onMember: (name: string) => boolean): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  reader.object((name) => {
    // Some servers have null for what they do not know.
    if (reader.kind() === 'null') reader.skip();
    else if (onMember(name)) return;
    else if (known.has(name) && reader.kind() === 'string') texts.set(name, reader.string());
    else reader.skip();
  });
  return texts;
}

const known = new Set(['name', 'version', 'platform', 'datatype', 'state', 'error', 'detail']);

function readList<Item>(reader: JsonReader, max: number, what: string, read: () => Item): readonly Item[] {
  const items: Item[] = [];
  reader.array(() => {
    if (items.length === max) throw new MalformedMessage(`has more than ${max} ${what}`);
    items.push(read());
  });
  return items;
}

import { maxListed, maxModels, maxTensors } from '../bounds.js';
import { MalformedMessage } from '../malformed.js';
import type {
  ModelMetadata,
  ModelName,
  RepositoryModel,
  ServerMetadata,
  TensorMetadata,
} from '../messages.js';
import { ProtoReader } from './proto-reader.js';
import type { ProtoWriter } from './proto-writer.js';
import { readShape } from './read-shape.js';

/** Writes what ModelReady and ModelMetadata ask with. */
export function writeModelName(writer: ProtoWriter, model: ModelName): void {
  writer.string(1, model.name);
  writer.string(2, model.version ?? '');
}

/** Reads the answer of ServerLive, ServerReady and ModelReady. */
export function readReady(message: Buffer): boolean {
  const reader = new ProtoReader(message);
  let ready = false;
  while (reader.next()) {
    if (reader.field === 1) ready = reader.bool();
    else reader.skip();
  }
  return ready;
}

/** Reads the answer of ServerMetadata. */
export function readServerMetadata(message: Buffer): ServerMetadata {
  const reader = new ProtoReader(message);
  let name = '';
  let version = '';
  const extensions: string[] = [];
  while (reader.next()) {
    if (reader.field === 1) name = reader.string();
    else if (reader.field === 2) version = reader.string();
    else if (reader.field === 3) add(extensions, reader.string(), maxListed, 'extensions');
    else reader.skip();
  }
  return { name, version, extensions };
}

/** Reads the answer of ModelMetadata. */
export function readModelMetadata(message: Buffer): ModelMetadata {
  const reader = new ProtoReader(message);
  let name = '';
  let platform = '';
  const versions: string[] = [];
  const inputs: TensorMetadata[] = [];
  const outputs: TensorMetadata[] = [];
  while (reader.next()) {
    if (reader.field === 1) name = reader.string();
    else if (reader.field === 2) add(versions, reader.string(), maxListed, 'versions');
    else if (reader.field === 3) platform = reader.string();
    else if (reader.field === 4) add(inputs, readTensorMetadata(reader.nested()), maxTensors, 'inputs');
    else if (reader.field === 5) add(outputs, readTensorMetadata(reader.nested()), maxTensors, 'outputs');
    else reader.skip();
  }
  return { name, versions, platform, inputs, outputs };
}

function readTensorMetadata(reader: ProtoReader): TensorMetadata {
  let name = '';
  let dataType = '';
  const shape: number[] = [];
  while (reader.next()) {
    if (reader.field === 1) name = reader.string();
    else if (reader.field === 2) dataType = reader.string();
    else if (reader.field === 3) readShape(reader, shape);
    else reader.skip();
  }
  const wrong = shape.find((length) => length < -1);
  if (wrong !== undefined) throw new MalformedMessage(`describes "${name}" with a dimension of ${wrong}`);
  return { name, dataType, shape };
}

/** Reads the answer of RepositoryIndex. */
export function readRepositoryIndex(message: Buffer): readonly RepositoryModel[] {
  const reader = new ProtoReader(message);
  const models: RepositoryModel[] = [];
  while (reader.next()) {
    if (reader.field === 1) add(models, readRepositoryModel(reader.nested()), maxModels, 'models');
    else reader.skip();
  }
  return models;
}

function readRepositoryModel(reader: ProtoReader): RepositoryModel {
  let name = '';
  let version = '';
  let state = '';
  while (reader.next()) {
    if (reader.field === 1) name = reader.string();
    else if (reader.field === 2) version = reader.string();
    else if (reader.field === 3) state = reader.string();
    else reader.skip();
  }
  return { name, version, state };
}

function add<Item>(list: Item[], item: Item, max: number, what: string): void {
  if (list.length === max) throw new MalformedMessage(`has more than ${max} ${what}`);
  list.push(item);
}

import { statSync } from 'node:fs';
import { InvalidArgumentError } from '@wasmedge-plugins/core';
import {
  brokenModel,
  type DescribedTensor,
  type ModelDescription,
  readModelFile,
} from '@wasmedge-plugins/wasi-nn/kit';
import { type Layer, type Port, readLayers } from './read-layers.js';

const format = 'OpenVINO';

/** That of a large language model has a tenth of it. */
const maxXmlBytes = 64 * 2 ** 20;

/** Element types of ports as the XML calls them, and as WASI-NN does; others are called as in the XML. */
const types: Readonly<Record<string, string>> = {
  FP16: 'f16',
  FP32: 'f32',
  FP64: 'f64',
  U8: 'u8',
  I8: 'i8',
  I32: 'i32',
  I64: 'i64',
  BOOL: 'bool',
  BOOLEAN: 'bool',
};

/**
 * What the `.xml` file of an intermediate representation reveals about its model; the weights are next to it in a `.bin` file, of
 * which only the size is looked at. None of it is trusted, and nothing is run.
 *
 * @throws {InvalidArgumentError} when it cannot be read, or is something else; and when its weights are there, and are too few.
 */
export async function describeModel(path: string): Promise<ModelDescription> {
  const xml = readModelFile(path, maxXmlBytes);
  const layers = readLayers(xml);
  if (typeof layers === 'string') throw brokenModel(path, format, layers);
  const weights = path.replace(/(?:\.xml)?$/i, '.bin');
  const weightBytes = statSync(weights, { throwIfNoEntry: false })?.size;
  if (weightBytes !== undefined && weightBytes < layers.weightBytes) {
    throw new InvalidArgumentError(
      `${weights} has ${weightBytes} bytes, but the weights of ${path} take ${layers.weightBytes}: it was cut off, or belongs to another model.`,
    );
  }
  const of = (type: string) => layers.ports.filter((layer) => layer.type === type);
  return {
    format,
    bytes: xml.byteLength + (weightBytes ?? 0),
    inputs: of('Parameter').map((layer, index) => describe(layer.outputs[0], layer, index)),
    outputs: of('Result').map((layer, index) => describe(layer.inputs[0], layer, index)),
    notes: weightBytes === undefined ? [`Its weights are not beside it: ${weights} is not there.`] : [],
  };
}

function describe(port: Port | undefined, { outputNames }: Layer, index: number): DescribedTensor {
  const names = [...(port?.names ?? []), ...outputNames].sort();
  const precision = port?.precision;
  return {
    // OpenVINO asks for any of the names, and takes the first in alphabetical order.
    name: names[0] ?? String(index),
    type: precision === undefined ? undefined : (types[precision] ?? precision.toLowerCase()),
    shape: port?.shape,
  };
}

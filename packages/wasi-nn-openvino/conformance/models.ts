import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import type { OpenVINOSource } from '../src/source.js';

const folder = new URL('../conformance/models/', import.meta.url);

/** A file, because the native plug-in reads files; what is in it is used by no model that has no constants. */
const noWeights = new URL('add.bin', folder);

/** A tensor as the answers have it. */
export interface RecordedTensor {
  readonly shape: readonly number[];
  /** Hexadecimal. */
  readonly bytes: string;
}

/** Inputs of a model, and what OpenVINO's Python API computed of them. */
export interface Answer {
  readonly inputs: Readonly<Record<string, RecordedTensor>>;
  readonly outputs: Readonly<Record<string, RecordedTensor>>;
}

/** Names of the models that `tools/models/openvino_models.py` makes. */
export type ModelName = 'add' | 'linear' | 'types' | 'rows';

/** The files of a model. */
export function modelFiles(name: ModelName): OpenVINOSource & { readonly xml: URL; readonly weights: URL } {
  return { xml: new URL(`${name}.xml`, folder), weights: new URL(`${name}.bin`, folder) };
}

/** A model without weights that gives back its input: four elements of a type. */
export function echoModel(type: string): OpenVINOSource {
  return { xml: new URL(`echo-${type}.xml`, folder), weights: noWeights };
}

/** Files that are there and are not models. */
export const noModel: OpenVINOSource = { xml: new URL('answers.json', folder), weights: noWeights };

/** The parts of a model, as a guest gives them to `load`. */
export function modelParts(name: ModelName): readonly Uint8Array[] {
  const { xml, weights } = modelFiles(name);
  return [readFileSync(xml), readFileSync(weights)];
}

/** What OpenVINO's Python API answered, recorded when the models were made. */
export function answerOf(name: ModelName): Answer {
  const answers = JSON.parse(readFileSync(new URL('answers.json', folder), 'utf8')) as Record<
    ModelName,
    Answer
  >;
  return answers[name];
}

/** The bytes of a recorded tensor. */
export function bytesOf({ bytes }: RecordedTensor): Uint8Array {
  return Uint8Array.from(Buffer.from(bytes, 'hex'));
}

import { checkOptionNames, InvalidArgumentError, isTable } from '@wasmedge-plugins/core';
import type { TensorInfo } from './backend.js';
import { describeType } from './describe-type.js';
import { ModelMismatchError } from './errors.js';
import type { Shape, Tensor } from './tensor.js';
import { formOf } from './tensor-form.js';
import { elementSize, type TensorType } from './tensor-type.js';

/** Element type and shape of one input or output; -1 stands for a dimension of any length. */
export interface TensorDefinition {
  /** Element type. */
  readonly type: TensorType;
  /** The length of each dimension, outermost first; -1 for any length. */
  readonly shape: Shape;
}

/** A program's knowledge of a model: names, element types and shapes of its inputs and outputs, in the model's order. */
export interface ModelDefinition {
  /** The inputs by name. */
  readonly inputs: Readonly<Record<string, TensorDefinition>>;
  /** The outputs by name. */
  readonly outputs: Readonly<Record<string, TensorDefinition>>;
}

/** A shape with -1 replaced by any length. */
export type AnyLength<Dimensions extends Shape> = {
  readonly [Index in keyof Dimensions]: Dimensions[Index] extends -1 ? number : Dimensions[Index];
};

/** A tensor that fits a definition. */
export type TensorFor<Definition extends TensorDefinition> = Tensor<
  Definition['type'],
  AnyLength<Definition['shape']>
>;

/** The input tensors of a model with this definition, by name. */
export type InputsOf<Model extends ModelDefinition> = {
  readonly [Name in keyof Model['inputs']]: TensorFor<Model['inputs'][Name]>;
};

/** The output tensors of a model with this definition, by name. */
export type OutputsOf<Model extends ModelDefinition> = {
  readonly [Name in keyof Model['outputs']]: TensorFor<Model['outputs'][Name]>;
};

/**
 * States a model's names, element types and shapes once; the compiler then checks every use of its session against them, and the model's
 * own metadata is checked against them when it is loaded.
 *
 * @throws {InvalidArgumentError} for an unknown name or element type, and for a shape that is not a list of whole numbers of at least -1.
 * @example
 * const digits = defineModel({
 *   inputs: { image: { type: 'f32', shape: [1, 1, 28, 28] } },
 *   outputs: { scores: { type: 'f32', shape: [1, 10] } },
 * });
 */
export function defineModel<const Model extends ModelDefinition>(model: Model): Model {
  checkModelDefinition(model);
  return model;
}

/** @throws {InvalidArgumentError} when a definition has something unknown, or lacks something required. */
export function checkModelDefinition(model: ModelDefinition): void {
  checkOptionNames<ModelDefinition>('defineModel()', model, { inputs: true, outputs: true });
  for (const what of ['inputs', 'outputs'] as const) {
    const tensors: unknown = model[what];
    if (!isTable(tensors)) {
      throw new InvalidArgumentError(
        `defineModel(): ${what} must be an object of tensors by name, not ${describeType(tensors)}.`,
      );
    }
    for (const [name, tensor] of Object.entries(model[what])) checkTensor(`${what}.${name}`, tensor);
  }
}

function checkTensor(where: string, tensor: TensorDefinition): void {
  checkOptionNames<TensorDefinition>(`defineModel(): ${where}`, tensor, { type: true, shape: true });
  if (!Object.hasOwn(elementSize, tensor.type)) {
    throw new InvalidArgumentError(
      `defineModel(): ${where} has the type ${String(tensor.type)}; available: ${Object.keys(elementSize).join(', ')}.`,
    );
  }
  const { shape } = tensor;
  if (!Array.isArray(shape) || !shape.every((length) => Number.isSafeInteger(length) && length >= -1)) {
    throw new InvalidArgumentError(
      `defineModel(): the shape of ${where} must be an array of whole numbers from 0, or -1 for any length, not ${describeType(shape)}.`,
    );
  }
}

/** One declared tensor with its index in the model. */
export interface IndexedDefinition extends TensorDefinition {
  readonly name: string;
  readonly index: number;
}

/**
 * Finds each declared tensor in the model's metadata by name, or by order if the format keeps no names.
 *
 * @throws {ModelMismatchError} when the model has no such tensor, or its type or shape differs.
 */
export function matchDefinitions(
  what: 'input' | 'output',
  definitions: Readonly<Record<string, TensorDefinition>>,
  infos: readonly TensorInfo[] | undefined,
): readonly IndexedDefinition[] {
  return Object.entries(definitions).map(([name, definition], order) => {
    if (infos === undefined) return { ...definition, name, index: order };
    const index = infos.findIndex((info) => info.name === name);
    const info = infos[index];
    if (info === undefined) {
      const known = infos.map((each) => each.name).join(', ');
      throw new ModelMismatchError(`The model has no ${what} named ${name}; it has: ${known}.`);
    }
    const form = formOf(info, definition.type) ?? info;
    if (form.type !== undefined && form.type !== definition.type) {
      throw new ModelMismatchError(
        `The ${what} ${name} of the model has elements of type ${info.type}, but the definition says ${definition.type}.`,
      );
    }
    if (form.shape !== undefined && !shapesAgree(form.shape, definition.shape)) {
      throw new ModelMismatchError(
        `The ${what} ${name} of the model has the shape [${form.shape.join(', ')}], but the definition says [${definition.shape.join(', ')}].`,
      );
    }
    return { ...definition, name, index };
  });
}

/** Whether a tensor's shape fits; -1 in either stands for any length. */
export function shapesAgree(a: Shape, b: Shape): boolean {
  return (
    a.length === b.length &&
    a.every((length, index) => length === b[index] || length === -1 || b[index] === -1)
  );
}

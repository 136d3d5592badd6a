import { InvalidArgumentError, readBoundedFile } from '@wasmedge-plugins/core';

/** What a model's file reveals, without a library that could run it. */
export interface ModelDescription {
  /** The format's display name. */
  readonly format: string;
  /** Size of its files in bytes. */
  readonly bytes: number;
  /** The inputs, in the model's order. */
  readonly inputs: readonly DescribedTensor[];
  /** The outputs, in the model's order. */
  readonly outputs: readonly DescribedTensor[];
  /** Information that the file lacks, or that a reader should know; a sentence each. */
  readonly notes: readonly string[];
}

/** An input or output, as the file describes it. */
export interface DescribedTensor {
  /** Its name, or its index as text. */
  readonly name: string;
  /** Element type, by its name in WASI-NN or otherwise in the format. Absent if the file does not say. */
  readonly type?: string | undefined;
  /** The length of each dimension; -1 for one that is not fixed. Absent if the file does not say. */
  readonly shape?: readonly number[] | undefined;
  /** How whole numbers stand for others: `(number - zeroPoint) * scale`. Absent if they stand for themselves. */
  readonly quantisation?: Quantisation | undefined;
}

/** Scale and zero point of a tensor, or of each slice of one dimension. */
export interface Quantisation {
  /** The factor that elements are multiplied by: one for all of them, or one for each slice. */
  readonly scale: readonly number[];
  /** The elements that stand for 0, one for each factor. */
  readonly zeroPoint: readonly number[];
  /** Index of the dimension whose slices have separate values, from 0. Absent if there is one value for all. */
  readonly dimension?: number | undefined;
}

/**
 * Reads a model's file, or a pipe with one.
 *
 * @param maxBytes the most bytes to read.
 * @throws {InvalidArgumentError} for a larger file, and for one that cannot be read.
 */
export function readModelFile(path: string, maxBytes: number): Uint8Array {
  try {
    return readBoundedFile(path, { maxBytes });
  } catch (cause) {
    throw new InvalidArgumentError(`The model ${path} cannot be read: ${(cause as Error).message}.`, {
      cause,
    });
  }
}

/** The error for a file that does not conform to its format. */
export function brokenModel(path: string, format: string, what: string): InvalidArgumentError {
  return new InvalidArgumentError(`${path} is not a model of ${format}, or is damaged: ${what}.`);
}

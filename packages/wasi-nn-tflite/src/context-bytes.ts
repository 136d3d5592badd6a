import { ModelReader } from './model-reader.js';

/**
 * Bytes of all tensors of a model that are not constants: an interpreter needs no more for those of fixed shapes.
 *
 * @returns undefined when the bytes are not a model, or one that tells too much.
 */
export function contextBytes(model: Uint8Array): number | undefined {
  try {
    return new ModelReader(model).tensorBytes();
  } catch (error) {
    // Numbers that lead outside of the model: whoever loads it refuses it.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

import { InvalidArgumentError, readBoundedFile, refuseLostBytes } from '@wasmedge-plugins/core';
import { describeType } from './describe-type.js';

/** As much as an array of any Node.js can have. */
const maxPartBytes = 2 ** 31 - 1;

/** A file of a model: its path or file URL, or its bytes. */
export type ModelPart = string | URL | Uint8Array;

/**
 * The bytes of a part.
 *
 * @throws {InvalidArgumentError} when the file cannot be read, with the reason as `cause`.
 */
export function readModelPart(part: ModelPart): Uint8Array {
  if (part instanceof Uint8Array) {
    refuseLostBytes('A part of a model', part);
    return part;
  }
  if (typeof part !== 'string' && !(part instanceof URL)) {
    throw new InvalidArgumentError(
      `A part of a model must be a path, a file URL or bytes, not ${describeType(part)}.`,
    );
  }
  try {
    return readBoundedFile(part, { maxBytes: maxPartBytes });
  } catch (cause) {
    throw new InvalidArgumentError(
      `The model's file ${String(part)} cannot be read: ${(cause as Error).message}`,
      {
        cause,
      },
    );
  }
}

/** A part that the caller cannot change any more. */
export function copyModelPart(part: ModelPart): ModelPart {
  if (part instanceof Uint8Array) {
    refuseLostBytes('A part of a model', part);
    return Uint8Array.from(part);
  }
  return part instanceof URL ? new URL(part) : part;
}

import { fileURLToPath } from 'node:url';
import { absolutePath, InvalidArgumentError, readBoundedFile, refuseLostBytes } from '@wasmedge-plugins/core';
import type { Backend } from './backend.js';
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

/** The absolute path of a part that is a file, which leads where the part leads. */
export function fileOf(part: ModelPart): string | undefined {
  if (part instanceof Uint8Array || (part instanceof URL && part.protocol !== 'file:')) return undefined;
  return part instanceof URL ? fileURLToPath(part) : absolutePath(part);
}

/** What stands before a path, as in WasmEdge's GGML plug-in. No model begins so. */
const pathMark = 'preload:';

/**
 * The part of a model for a backend that opens files itself.
 *
 * @throws {InvalidArgumentError} for bytes that would be taken for a path: whoever made them may be no one who may choose files.
 */
export function pathPart(part: ModelPart): Uint8Array {
  const path = fileOf(part);
  if (path !== undefined) return new TextEncoder().encode(`${pathMark}${path}`);
  const bytes = readModelPart(part);
  if (pathOfPart(bytes) === undefined) return bytes;
  throw new InvalidArgumentError(
    `The bytes of a model begin with ${pathMark} and are none; name its file by a path.`,
  );
}

/** The path that a part stands for; `undefined` for the bytes of a model. A guest's bytes name no path, whatever they begin with. */
export function pathOfPart(part: Uint8Array): string | undefined {
  const text = Buffer.from(part.buffer, part.byteOffset, part.byteLength);
  return text.subarray(0, pathMark.length).toString('latin1') === pathMark
    ? text.subarray(pathMark.length).toString()
    : undefined;
}

/** The parts as the backend takes them. */
export function partsFor(
  { opensFiles }: Pick<Backend, 'opensFiles'>,
  parts: readonly ModelPart[],
): readonly Uint8Array[] {
  return parts.map(opensFiles === true ? pathPart : readModelPart);
}

/** A part that the caller cannot change any more. */
export function copyModelPart(part: ModelPart): ModelPart {
  if (part instanceof Uint8Array) {
    refuseLostBytes('A part of a model', part);
    return Uint8Array.from(part);
  }
  return part instanceof URL ? new URL(part) : part;
}

import { InvalidArgumentError } from '@wasmedge-plugins/core';
import type { Backend } from './backend.js';

/**
 * The encoding of a backend whose models are files.
 *
 * @throws {InvalidArgumentError} for a backend without one.
 */
export function encodingOf({ encoding, name }: Pick<Backend, 'encoding' | 'name'>): number {
  if (encoding !== undefined) return encoding;
  throw new InvalidArgumentError(
    `The backend ${name} has no encoding, so its models are not files; define its plug-in with defineNamedModelsPlugin().`,
  );
}

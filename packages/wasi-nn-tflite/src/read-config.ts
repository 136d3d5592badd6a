import { type LoadOrigin, NnError } from '@wasmedge-plugins/wasi-nn';
import type { TFLiteConfig } from './source.js';

const known = ['threads', 'resize'];
const mostThreads = 64;

/**
 * Reads settings from JSON, which may come from a guest.
 *
 * @throws {NnError} `invalid_argument` when it is no JSON, has a setting that is unknown or of the wrong type, or one that a guest may not choose.
 */
export function readConfig(
  text: string | undefined,
  origin: LoadOrigin['config'],
): Required<Pick<TFLiteConfig, 'threads' | 'resize'>> {
  const config = text === undefined ? {} : parse(text);
  if (typeof config !== 'object' || config === null || Array.isArray(config)) {
    throw refuse('it must be a JSON object');
  }
  for (const name of Object.keys(config)) {
    if (!known.includes(name)) throw refuse(`there is no setting ${name}; there are: ${known.join(', ')}`);
  }
  const { threads = 2, resize = false } = config as { threads?: unknown; resize?: unknown };
  if (typeof threads !== 'number' || !Number.isInteger(threads) || threads < 1 || threads > mostThreads) {
    throw refuse(`threads must be a whole number from 1 to ${mostThreads}`);
  }
  if (typeof resize !== 'boolean') throw refuse('resize must be true or false');
  if (resize && origin === 'guest') throw refuse('only the host may allow a model to be resized');
  return { threads, resize };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refuse('it is no JSON');
  }
}

function refuse(reason: string): NnError {
  return new NnError('invalid_argument', `The model's configuration cannot be used: ${reason}.`);
}

import { NnError } from '@wasmedge-plugins/wasi-nn';
import type { PyTorchConfig } from './source.js';

const known = ['outputTypes', 'threads'];

/** A guest may ask for threads too, so there is a bound. */
const mostThreads = 64;

/**
 * Reads settings from JSON, which may come from a guest.
 *
 * @throws {NnError} `invalid_argument` when it is no JSON, or has a setting that is unknown or of the wrong type.
 */
export function readConfig(text: string | undefined): PyTorchConfig {
  if (text === undefined) return {};
  const config = parse(text);
  if (typeof config !== 'object' || config === null || Array.isArray(config)) {
    throw refuse('it must be a JSON object');
  }
  const unknown = Object.keys(config).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw refuse(`there is no setting ${unknown}; there are: ${known.join(', ')}`);
  }
  const { outputTypes, threads } = config as Record<string, unknown>;
  if (outputTypes !== undefined && outputTypes !== 'f32' && outputTypes !== 'own') {
    throw refuse("outputTypes must be 'f32' or 'own'");
  }
  if (threads !== undefined && !isThreadCount(threads)) {
    throw refuse(`threads must be a whole number from 1 to ${mostThreads}`);
  }
  return config as PyTorchConfig;
}

function isThreadCount(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= mostThreads;
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

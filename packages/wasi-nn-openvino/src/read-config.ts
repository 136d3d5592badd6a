import { type LoadOrigin, NnError } from '@wasmedge-plugins/wasi-nn';
import { checkGuestConfig } from './check-guest-config.js';
import type { OpenVINOConfig } from './source.js';

const known = ['device', 'shapes', 'properties'];

/**
 * Reads settings from JSON. From a guest, only what does no harm is taken.
 *
 * @throws {NnError} `invalid_argument` when it is no JSON, or has a setting that is unknown or of the wrong type, or that is not for guests.
 */
export function readConfig(text: string | undefined, from: LoadOrigin['config']): OpenVINOConfig {
  if (text === undefined) return {};
  const config = parse(text);
  if (!isObject(config)) throw refuse('it must be a JSON object');
  for (const name of Object.keys(config)) {
    if (!known.includes(name)) throw refuse(`there is no setting ${name}; there are: ${known.join(', ')}`);
  }
  const { device, shapes = {}, properties = {} } = config;
  if (device !== undefined && (typeof device !== 'string' || !/^[A-Z][\w.,:()-]*$/.test(device))) {
    throw refuse('device must be a name such as CPU, GPU or AUTO');
  }
  if (!isObject(shapes) || !Object.values(shapes).every(isShape)) {
    throw refuse('shapes must be an object of arrays of whole numbers from 1');
  }
  if (!isObject(properties) || !Object.values(properties).every((value) => typeof value === 'string')) {
    throw refuse('properties must be an object of strings');
  }
  const read = config as OpenVINOConfig;
  const problem = from === 'guest' ? checkGuestConfig(read) : undefined;
  if (problem !== undefined) throw refuse(problem);
  return read;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refuse('it is no JSON');
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isShape(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length <= 8 &&
    value.every((length) => Number.isSafeInteger(length) && length >= 1 && length < 2 ** 31)
  );
}

function refuse(reason: string): NnError {
  return new NnError('invalid_argument', `The model's configuration cannot be used: ${reason}.`);
}

import { Buffer } from 'node:buffer';
import type { FunctionName } from '../drive/raw-calls.js';
import { closed, data, identifier, optionalOptions, type Plan, version } from './plan.js';
import { optionNames } from './samples.js';

/** Calls of the module `common`. */
export const commonPlans = {
  options_open: (call) => call.plain(call.random.oneIn(4) ? call.random.below(4) : 1).gives('options', ''),
  options_close: closed('options'),
  options_set: (call, objects) => {
    const name = call.random.oneIn(3) ? call.random.pick(optionNames.bytes) : 'nonce';
    const value =
      name === 'nonce' ? Buffer.alloc(call.random.pick([12, 12, 12, 24, 5]), 3) : data(call.random);
    return call.object(objects.some('options')).name(name).bytes(value);
  },
  options_set_u64: (call, objects) =>
    call.object(objects.some('options')).name(call.random.pick(optionNames.numbers)).plain(7n),
  options_set_guest_buffer: (call, objects) =>
    call.object(objects.some('options')).name(call.random.pick(optionNames.buffers)).bytes(data(call.random)),
  array_output_len: (call, objects) => call.object(objects.some('arrayOutput')).number(4),
  array_output_pull: (call, objects) =>
    call
      .object(objects.some('arrayOutput'))
      .room(call.random.pick([0, 1, 16, 32, 64, 200, 4000]))
      .number(4),
  secrets_manager_open: (call, objects) =>
    call.optional(optionalOptions(call, objects)).gives('secretsManager', ''),
  secrets_manager_close: closed('secretsManager'),
  secrets_manager_invalidate: (call, objects) =>
    call
      .object(objects.some('secretsManager'))
      .bytes(identifier(call, objects, call.random.pick(['keyPairId', 'symmetricKeyId'])))
      .plain(version(call.random)),
} satisfies Partial<Record<FunctionName, Plan>>;

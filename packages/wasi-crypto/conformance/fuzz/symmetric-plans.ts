import { Buffer } from 'node:buffer';
import type { FunctionName } from '../drive/raw-calls.js';
import type { CallBuilder } from './call-builder.js';
import {
  closed,
  data,
  identifier,
  maybeDamaged,
  type Objects,
  optionalOptions,
  type Plan,
  replaced,
  update,
  version,
} from './plan.js';
import type { LiveObject } from './planned-call.js';
import { hashAlgorithms, keyedAlgorithms, optionNames } from './samples.js';

const isAead = ({ algorithm }: LiveObject) => /GCM|POLY1305/.test(algorithm);

const isMac = ({ algorithm }: LiveObject) => algorithm.startsWith('HMAC');

const isHash = ({ algorithm }: LiveObject) => algorithm.startsWith('SHA') || algorithm.includes('EXPAND');

const isExtract = ({ algorithm }: LiveObject) => algorithm.includes('EXTRACT');

/** A ciphertext that was made before, and a state that may decrypt it. */
function sealedAndState(call: CallBuilder, objects: Objects): { bytes: Buffer; state: LiveObject } {
  const sealed = objects.remembered('sealed');
  const algorithm = sealed?.from.algorithm ?? 'AES-128-GCM';
  const fits = (object: LiveObject) => object.algorithm === algorithm && object.marked !== true;
  const bytes = sealed?.bytes ?? Buffer.alloc(20);
  return { bytes: maybeDamaged(call.random, bytes), state: objects.some('symmetricState', fits, algorithm) };
}

/** Calls of the module `symmetric`. */
export const symmetricPlans = {
  symmetric_key_generate: (call, objects) => {
    const [algorithm] = call.random.pick(keyedAlgorithms);
    return call.name(algorithm).optional(optionalOptions(call, objects)).gives('symmetricKey', algorithm);
  },
  symmetric_key_import: (call) => {
    const known = keyedAlgorithms.find(([name]) => name === call.wanted);
    const [algorithm, length] = known ?? call.random.pick(keyedAlgorithms);
    const wrong = call.random.oneIn(10) ? 1 : 0;
    return call
      .name(algorithm)
      .bytes(Buffer.alloc(length + wrong, 5))
      .gives('symmetricKey', algorithm);
  },
  symmetric_key_export: (call, objects) => call.object(objects.some('symmetricKey')).gives('arrayOutput', ''),
  symmetric_key_close: closed('symmetricKey'),
  symmetric_key_generate_managed: (call, objects) => {
    const [algorithm] = call.random.pick(keyedAlgorithms);
    return call
      .object(objects.some('secretsManager'))
      .name(algorithm)
      .optional(optionalOptions(call, objects))
      .gives('symmetricKey', algorithm);
  },
  symmetric_key_store_managed: (call, objects) =>
    call
      .object(objects.some('secretsManager'))
      .object(objects.some('symmetricKey'))
      .room(call.random.pick([16, 16, 64, 3])),
  symmetric_key_replace_managed: replaced('symmetricKey'),
  symmetric_key_id: (call, objects) =>
    call
      .object(objects.some('symmetricKey'))
      .room(call.random.pick([16, 16, 3]))
      .number(4)
      .number(8),
  symmetric_key_from_id: (call, objects) =>
    call
      .object(objects.some('secretsManager'))
      .bytes(identifier(call, objects, 'symmetricKeyId'))
      .plain(version(call.random))
      .gives('symmetricKey', 'HMAC/SHA-256'),
  symmetric_state_open: (call, objects) => {
    if (call.wanted === '' && call.random.oneIn(3)) {
      const algorithm = call.random.pick(hashAlgorithms);
      const key = call.random.oneIn(8) ? objects.some('symmetricKey') : undefined;
      return call.name(algorithm).optional(key).optional(undefined).gives('symmetricState', algorithm);
    }
    const fits = (object: LiveObject) => call.wanted === '' || object.algorithm === call.wanted;
    const key = objects.some('symmetricKey', fits, call.wanted);
    const algorithm = call.random.oneIn(15) ? 'AES-256-GCM' : key.algorithm;
    const withNonce = ({ marked }: LiveObject) => marked === true;
    const options =
      isAead(key) || call.random.oneIn(6) ? objects.some('options', withNonce, 'nonce') : undefined;
    return call
      .name(algorithm)
      .optional(call.random.oneIn(15) ? undefined : key)
      .optional(options)
      .gives('symmetricState', algorithm);
  },
  symmetric_state_clone: (call, objects) => {
    const state = objects.some('symmetricState');
    return call.object(state).gives('symmetricState', state.algorithm);
  },
  symmetric_state_close: closed('symmetricState'),
  symmetric_state_options_get: (call, objects) =>
    call
      .object(objects.some('symmetricState', isAead))
      .bytes(call.random.oneIn(4) ? 'salt' : 'nonce')
      .room(call.random.pick([24, 12, 3]))
      .number(4),
  symmetric_state_options_get_u64: (call, objects) =>
    call.object(objects.some('symmetricState')).name(call.random.pick(optionNames.numbers)).number(8),
  symmetric_state_absorb: update('symmetricState'),
  symmetric_state_squeeze: (call, objects) =>
    call.object(objects.some('symmetricState', isHash)).room(call.random.pick([0, 16, 32, 33, 64, 300])),
  symmetric_state_squeeze_tag: (call, objects) => {
    const state = objects.some('symmetricState', isMac);
    return call.object(state).gives('tag', state.algorithm, state);
  },
  symmetric_state_squeeze_key: (call, objects) => {
    const state = objects.some('symmetricState', isExtract);
    const algorithm = call.random.oneIn(6) ? 'HMAC/SHA-256' : state.algorithm.replace('EXTRACT', 'EXPAND');
    return call.object(state).name(algorithm).gives('symmetricKey', algorithm);
  },
  symmetric_state_max_tag_len: (call, objects) =>
    call.object(objects.some('symmetricState', isAead)).number(4),
  symmetric_state_encrypt: (call, objects) => {
    const plaintext = data(call.random);
    const room = plaintext.byteLength + (call.random.oneIn(6) ? call.random.below(20) : 16);
    return call.object(objects.some('symmetricState', isAead)).room(room).bytes(plaintext).number(4);
  },
  symmetric_state_encrypt_detached: (call, objects) => {
    const state = objects.some('symmetricState', isAead);
    const plaintext = data(call.random);
    const room = plaintext.byteLength + (call.random.oneIn(6) ? 1 : 0);
    return call.object(state).room(room).bytes(plaintext).gives('tag', state.algorithm);
  },
  symmetric_state_decrypt: (call, objects) => {
    const { bytes, state } = sealedAndState(call, objects);
    const room = Math.max(bytes.byteLength - (call.random.oneIn(6) ? 15 : 16), 0);
    return call.object(state).room(room).bytes(bytes).number(4);
  },
  symmetric_state_decrypt_detached: (call, objects) => {
    const { bytes, state } = sealedAndState(call, objects);
    const [ciphertext, tag] = [bytes.subarray(0, -16), bytes.subarray(-16)];
    return call.object(state).room(ciphertext.byteLength).bytes(ciphertext).bytes(tag).number(4);
  },
  symmetric_state_ratchet: (call, objects) => call.object(objects.some('symmetricState')),
  symmetric_tag_len: (call, objects) => call.object(objects.some('tag')).number(4),
  symmetric_tag_pull: (call, objects) => {
    const tag = objects.some('tag');
    const digest = Number(tag.algorithm.match(/^HMAC\/SHA-(\d+)/)?.[1] ?? 128) / 8;
    return call
      .closing('tag', tag)
      .room(call.random.oneIn(5) ? call.random.pick([0, 5, 100]) : digest)
      .number(4);
  },
  symmetric_tag_verify: (call, objects) => {
    const told = objects.remembered('tag');
    const fits = ({ state }: LiveObject) => state !== undefined && state === told?.from.state;
    const bytes = told?.bytes ?? data(call.random);
    return call.object(objects.some('tag', fits)).bytes(maybeDamaged(call.random, bytes));
  },
  symmetric_tag_close: closed('tag'),
} satisfies Partial<Record<FunctionName, Plan>>;

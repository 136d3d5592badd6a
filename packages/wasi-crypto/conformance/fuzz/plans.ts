import { Buffer } from 'node:buffer';
import type { FunctionName } from '../drive/raw-calls.js';
import type { CallBuilder } from './call-builder.js';
import type { LiveObject, ObjectKind, Remembered } from './planned-call.js';
import type { Random } from './random.js';
import {
  encapsulatedSamples,
  generatedAlgorithms,
  hashAlgorithms,
  keyedAlgorithms,
  keyPairSamples,
  optionNames,
  publicKeySamples,
  type Sample,
  secretKeySamples,
  signatureSamples,
} from './samples.js';

/** What a plan knows of the objects that are alive. */
export interface Objects {
  /** A live object of the kind, made first where there is none; sometimes one of another kind, or none at all. */
  some(kind: ObjectKind, fits?: (object: LiveObject) => boolean, wanted?: string): LiveObject;
  /** Something that an earlier call told, or that is told first; undefined when that fails. */
  remembered(kind: Remembered['kind']): Remembered | undefined;
}

type Plan = (call: CallBuilder, objects: Objects) => CallBuilder;

/** Keys that take milliseconds to import; they are picked less often. */
const slow = /^(RSA|ML-KEM)/;
const isAead = ({ algorithm }: LiveObject) => /GCM|POLY1305/.test(algorithm);
const isMac = ({ algorithm }: LiveObject) => algorithm.startsWith('HMAC');
const isHash = ({ algorithm }: LiveObject) => algorithm.startsWith('SHA') || algorithm.includes('EXPAND');
const isExtract = ({ algorithm }: LiveObject) => algorithm.includes('EXTRACT');
const signs = ({ algorithm }: LiveObject) => /^(ECDSA|RSA|Ed)/.test(algorithm);
const agrees = (object: LiveObject) => !signs(object);

function data(random: Random): Buffer {
  const length = random.pick([0, 1, 12, 16, 31, 32, 33, 64, 100, 300]);
  return Buffer.alloc(length, random.below(256));
}

/** The bytes of a sample, sometimes damaged. */
function maybeDamaged(random: Random, bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  if (copy.byteLength === 0 || !random.oneIn(4)) {
    return copy;
  }
  switch (random.below(4)) {
    case 0:
      return copy.subarray(0, random.below(copy.byteLength));
    case 1:
      return Buffer.concat([copy, data(random)]);
    case 2:
      return Buffer.alloc(copy.byteLength, random.pick([0, 255]));
    default: {
      const index = random.below(copy.byteLength);
      copy.writeUInt8(copy.readUInt8(index) ^ (1 << random.below(8)), index);
      return copy;
    }
  }
}

function imported(samples: readonly Sample[], kind: ObjectKind): Plan {
  return (call) => {
    const picked = call.random.pick(samples);
    const { type, algorithm, encoding, bytes } =
      slow.test(picked.algorithm) && !call.random.oneIn(5) ? call.random.pick(samples) : picked;
    return call
      .plain(type)
      .name(algorithm)
      .bytes(maybeDamaged(call.random, bytes))
      .plain(call.random.oneIn(12) ? call.random.below(7) : encoding)
      .gives(kind, algorithm);
  };
}

function exported(kind: ObjectKind): Plan {
  return (call, objects) => {
    const object = objects.some(kind);
    const encoding = call.random.oneIn(4)
      ? call.random.below(7)
      : usualEncoding(kind, object.algorithm, call.random);
    return call.object(object).plain(encoding).gives('arrayOutput', '');
  };
}

function usualEncoding(kind: ObjectKind, algorithm: string, random: Random): number {
  if (algorithm.startsWith('RSA')) {
    return kind === 'signature' ? 0 : random.pick([1, 2]);
  }
  if (/^(ECDSA|P\d)/.test(algorithm)) {
    return kind === 'publicKey'
      ? random.pick([1, 2, 3])
      : random.pick(kind === 'signature' ? [0, 1] : [0, 1, 2]);
  }
  return 0;
}

function closed(kind: ObjectKind): Plan {
  return (call, objects) => call.closing(kind, objects.some(kind));
}

function update(kind: ObjectKind): Plan {
  return (call, objects) => call.object(objects.some(kind)).bytes(data(call.random));
}

function optionalOptions(call: CallBuilder, objects: Objects): LiveObject | undefined {
  return call.random.oneIn(5) ? objects.some('options') : undefined;
}

function version(random: Random): bigint {
  return BigInt.asIntN(64, random.pick([0xff00_0000_0000_0001n, 1n, 2n, 0n, 0xff00_0000_0000_0002n]));
}

/** An identifier of a managed key that was told before, or something of its size. */
function identifier(call: CallBuilder, objects: Objects, kind: 'keyPairId' | 'symmetricKeyId'): Buffer {
  const told = call.random.oneIn(6) ? undefined : objects.remembered(kind);
  return told?.bytes ?? Buffer.alloc(16, call.random.below(4));
}

function replaced(kind: 'keyPair' | 'symmetricKey'): Plan {
  return (call, objects) => {
    objects.remembered(`${kind}Id`);
    const old = objects.some(kind, ({ marked }) => marked === true);
    const fits = ({ algorithm, marked }: LiveObject) => algorithm === old.algorithm && marked !== true;
    return call
      .object(objects.some('secretsManager'))
      .object(old)
      .object(objects.some(kind, fits, old.algorithm))
      .number(8);
  };
}

/** A ciphertext that was made before, and a state that may decrypt it. */
function sealedAndState(call: CallBuilder, objects: Objects): { bytes: Buffer; state: LiveObject } {
  const sealed = objects.remembered('sealed');
  const algorithm = sealed?.from.algorithm ?? 'AES-128-GCM';
  const fits = (object: LiveObject) => object.algorithm === algorithm && object.marked !== true;
  const bytes = sealed?.bytes ?? Buffer.alloc(20);
  return { bytes: maybeDamaged(call.random, bytes), state: objects.some('symmetricState', fits, algorithm) };
}

/** How each function is called by somebody who mostly wants it to succeed. */
export const plans: Readonly<Record<FunctionName, Plan>> = {
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

  keypair_generate: (call, objects) => {
    const [type, algorithm] = call.random.oneIn(1500)
      ? ([0, 'RSA_PKCS1_2048_SHA256'] as const)
      : call.random.pick(generatedAlgorithms);
    return call
      .plain(type)
      .name(algorithm)
      .optional(optionalOptions(call, objects))
      .gives('keyPair', algorithm);
  },
  keypair_import: imported(keyPairSamples, 'keyPair'),
  keypair_generate_managed: (call, objects) => {
    const [type, algorithm] = call.random.pick(generatedAlgorithms);
    return call
      .object(objects.some('secretsManager'))
      .plain(type)
      .name(algorithm)
      .optional(optionalOptions(call, objects))
      .gives('keyPair', algorithm);
  },
  keypair_store_managed: (call, objects) =>
    call
      .object(objects.some('secretsManager'))
      .object(objects.some('keyPair'))
      .room(call.random.pick([16, 16, 64, 3])),
  keypair_replace_managed: replaced('keyPair'),
  keypair_id: (call, objects) =>
    call
      .object(objects.some('keyPair'))
      .room(call.random.pick([16, 16, 3]))
      .number(4)
      .number(8),
  keypair_from_id: (call, objects) =>
    call
      .object(objects.some('secretsManager'))
      .bytes(identifier(call, objects, 'keyPairId'))
      .plain(version(call.random))
      .gives('keyPair', 'Ed25519'),
  keypair_from_pk_and_sk: (call, objects) => {
    const publicKey = objects.some('publicKey');
    const fits = ({ algorithm }: LiveObject) => algorithm === publicKey.algorithm;
    return call
      .object(publicKey)
      .object(objects.some('secretKey', fits))
      .gives('keyPair', publicKey.algorithm);
  },
  keypair_export: exported('keyPair'),
  keypair_publickey: (call, objects) => {
    const pair = objects.some('keyPair');
    return call.object(pair).gives('publicKey', pair.algorithm);
  },
  keypair_secretkey: (call, objects) => {
    const pair = objects.some('keyPair');
    return call.object(pair).gives('secretKey', pair.algorithm);
  },
  keypair_close: closed('keyPair'),
  publickey_import: imported(publicKeySamples, 'publicKey'),
  publickey_export: exported('publicKey'),
  publickey_verify: (call, objects) => call.object(objects.some('publicKey')),
  publickey_from_secretkey: (call, objects) => {
    const secretKey = objects.some('secretKey');
    return call.object(secretKey).gives('publicKey', secretKey.algorithm);
  },
  publickey_close: closed('publicKey'),
  secretkey_import: imported(secretKeySamples, 'secretKey'),
  secretkey_export: exported('secretKey'),
  secretkey_close: closed('secretKey'),

  signature_import: (call) => {
    const { algorithm, encoding, bytes } = call.random.pick(signatureSamples);
    return call
      .name(algorithm)
      .bytes(maybeDamaged(call.random, bytes))
      .plain(call.random.oneIn(12) ? call.random.below(4) : encoding)
      .gives('signature', algorithm);
  },
  signature_export: exported('signature'),
  signature_close: closed('signature'),
  signature_state_open: (call, objects) => {
    const pair = objects.some('keyPair', signs);
    return call.object(pair).gives('signatureState', pair.algorithm);
  },
  signature_state_update: update('signatureState'),
  signature_state_sign: (call, objects) => {
    const state = objects.some('signatureState');
    return call.object(state).gives('signature', state.algorithm);
  },
  signature_state_close: closed('signatureState'),
  signature_verification_state_open: (call, objects) => {
    const publicKey = objects.some('publicKey', signs);
    return call.object(publicKey).gives('verificationState', publicKey.algorithm);
  },
  signature_verification_state_update: update('verificationState'),
  signature_verification_state_verify: (call, objects) => {
    const state = objects.some('verificationState');
    const fits = ({ algorithm }: LiveObject) => algorithm === state.algorithm;
    return call.object(state).object(objects.some('signature', fits));
  },
  signature_verification_state_close: closed('verificationState'),

  kx_dh: (call, objects) => {
    const publicKey = objects.some('publicKey', agrees);
    const fits = ({ algorithm }: LiveObject) => algorithm === publicKey.algorithm;
    return call.object(publicKey).object(objects.some('secretKey', fits)).gives('arrayOutput', '');
  },
  kx_encapsulate: (call, objects) =>
    call.object(objects.some('publicKey', agrees)).gives('arrayOutput', '').gives('arrayOutput', ''),
  kx_decapsulate: (call, objects) =>
    call
      .object(objects.some('secretKey', agrees))
      .bytes(maybeDamaged(call.random, call.random.pick(encapsulatedSamples)))
      .gives('arrayOutput', ''),

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
    return call.object(state).gives('tag', state.algorithm);
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
      .object(tag)
      .room(call.random.oneIn(5) ? call.random.pick([0, 5, 100]) : digest)
      .number(4);
  },
  symmetric_tag_verify: (call, objects) => {
    const told = objects.remembered('tag');
    const fits = ({ handle }: LiveObject) => handle === told?.from.handle;
    const bytes = told?.bytes ?? data(call.random);
    return call.object(objects.some('tag', fits)).bytes(maybeDamaged(call.random, bytes));
  },
  symmetric_tag_close: closed('tag'),
};

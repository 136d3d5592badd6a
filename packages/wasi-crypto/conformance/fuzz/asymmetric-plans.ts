import type { FunctionName } from '../drive/raw-calls.js';
import {
  closed,
  exported,
  identifier,
  maybeDamaged,
  optionalOptions,
  type Plan,
  replaced,
  signs,
  version,
} from './plan.js';
import type { LiveObject, ObjectKind } from './planned-call.js';
import {
  encapsulatedSamples,
  generatedAlgorithms,
  keyPairSamples,
  publicKeySamples,
  type Sample,
  secretKeySamples,
} from './samples.js';

/** Keys that take milliseconds to import; they are picked less often. */
const slow = /^(RSA|ML-KEM)/;

const agrees = (object: LiveObject) => !signs(object);

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

/** Calls of the modules `asymmetric_common` and `kx`. */
export const asymmetricPlans = {
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
} satisfies Partial<Record<FunctionName, Plan>>;

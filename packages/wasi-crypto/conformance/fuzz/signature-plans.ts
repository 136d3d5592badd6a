import type { FunctionName } from '../drive/raw-calls.js';
import { closed, exported, maybeDamaged, type Plan, signs, update } from './plan.js';
import type { LiveObject } from './planned-call.js';
import { signatureSamples } from './samples.js';

/** Calls of the module `signatures`. */
export const signaturePlans = {
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
} satisfies Partial<Record<FunctionName, Plan>>;

import type { FunctionName } from '../drive/raw-calls.js';
import { CallBuilder } from './call-builder.js';
import type { InlineCalls } from './inline-calls.js';
import type { Objects } from './plan.js';
import {
  type LiveObject,
  type ObjectKind,
  objectKinds,
  type PlannedCall,
  type Remembered,
} from './planned-call.js';
import { plans } from './plans.js';
import { Random } from './random.js';

const hostileOneIn = 8;
/** How deep a call may make others that it needs. */
const maxDepth = 5;
const idBytes = 16;

/** Functions that make an object of each kind. */
const makers: Readonly<Record<ObjectKind, readonly FunctionName[]>> = {
  arrayOutput: ['symmetric_key_export', 'publickey_export'],
  options: ['options_open'],
  verificationState: ['signature_verification_state_open'],
  publicKey: ['keypair_publickey', 'publickey_import'],
  secretKey: ['keypair_secretkey', 'secretkey_import'],
  keyPair: ['keypair_import', 'keypair_generate'],
  signature: ['signature_state_sign', 'signature_import'],
  signatureState: ['signature_state_open'],
  symmetricState: ['symmetric_state_open'],
  symmetricKey: ['symmetric_key_import', 'symmetric_key_generate'],
  tag: ['symmetric_state_squeeze_tag'],
  secretsManager: ['secrets_manager_open'],
};

/** Functions whose answer is worth keeping, and what it is. */
const telling: Partial<Readonly<Record<FunctionName, Remembered['kind']>>> = {
  keypair_store_managed: 'keyPairId',
  symmetric_key_store_managed: 'symmetricKeyId',
  symmetric_state_encrypt: 'sealed',
  symmetric_tag_pull: 'tag',
};

const tellers: Readonly<Record<Remembered['kind'], FunctionName>> = {
  keyPairId: 'keypair_store_managed',
  symmetricKeyId: 'symmetric_key_store_managed',
  sealed: 'symmetric_state_encrypt',
  tag: 'symmetric_tag_pull',
};

/** Functions that mark the object of one of their arguments. */
const marking: Partial<Readonly<Record<FunctionName, readonly [kind: ObjectKind, argument: number]>>> = {
  options_set: ['options', 0],
  keypair_store_managed: ['keyPair', 1],
  symmetric_key_store_managed: ['symmetricKey', 1],
  symmetric_state_absorb: ['symmetricState', 0],
  symmetric_state_encrypt: ['symmetricState', 0],
  symmetric_state_encrypt_detached: ['symmetricState', 0],
  symmetric_state_decrypt: ['symmetricState', 0],
  symmetric_state_decrypt_detached: ['symmetricState', 0],
};

/** Makes calls in a row, remembering what is alive. */
export class FuzzSession {
  readonly #raw: InlineCalls;
  readonly #onCall: (call: PlannedCall) => number;
  readonly #live = new Map<ObjectKind, LiveObject[]>(objectKinds.map((kind) => [kind, []]));
  readonly #remembered: Remembered[] = [];

  /** `onCall` makes a call and returns its error code. */
  constructor(raw: InlineCalls, onCall: (call: PlannedCall) => number) {
    this.#raw = raw;
    this.#onCall = onCall;
  }

  /** Plans a call of the function, and makes it after those that it needs. */
  step(name: FunctionName, seed: number, depth = 0, wanted = ''): void {
    const random = new Random(seed);
    const objects: Objects = {
      some: (kind, fits, wantedOfObject) => this.#some(kind, random, depth, fits, wantedOfObject),
      remembered: (kind) => this.#told(kind, random, depth),
    };
    const call = plans[name](new CallBuilder(name, this.#raw, random, wanted), objects).build(hostileOneIn);
    if (this.#onCall(call) === 0) {
      this.#note(call);
    }
  }

  #some(
    kind: ObjectKind,
    random: Random,
    depth: number,
    fits: (object: LiveObject) => boolean = () => true,
    wanted = '',
  ): LiveObject {
    if (random.oneIn(25)) {
      return { handle: (random.below(6) << 8) | random.below(12), algorithm: '' };
    }
    if (!this.#liveOf(kind).some(fits) && depth < maxDepth) {
      const maker = wanted === '' ? random.pick(makers[kind]) : makers[kind][0];
      this.step(maker ?? 'options_open', random.below(0x7fff_ffff), depth + 1, wanted);
      if (kind === 'options' && wanted === 'nonce') {
        this.step('options_set', random.below(0x7fff_ffff), depth + 1);
      }
    }
    const live = this.#liveOf(kind);
    const fitting = live.filter(fits);
    const from = fitting.length > 0 && !random.oneIn(10) ? fitting : live;
    return from.length > 0 ? random.pick(from) : { handle: objectKinds.indexOf(kind), algorithm: '' };
  }

  #told(kind: Remembered['kind'], random: Random, depth: number): Remembered | undefined {
    const all = () => this.#remembered.filter((each) => each.kind === kind);
    if (all().length === 0 && depth < maxDepth) {
      this.step(tellers[kind], random.below(0x7fff_ffff), depth + 1);
    }
    const told = all();
    return told.length > 0 ? random.pick(told) : undefined;
  }

  #liveOf(kind: ObjectKind): LiveObject[] {
    return this.#live.get(kind) ?? [];
  }

  #note({ name, args, gives, closes, outputs }: PlannedCall): void {
    for (const { pointer, ...object } of gives) {
      const handle = this.#raw.load(Number(args[pointer]), 4).readUInt32LE();
      this.#liveOf(object.kind).push({ handle, ...object });
    }
    const told = telling[name];
    const [first] = outputs;
    if (told !== undefined && first !== undefined && typeof first.length === 'object') {
      const length = Math.min(Number(args[first.length.argument]) >>> 0, told.endsWith('Id') ? idBytes : 500);
      const bytes = this.#raw.load(Number(args[first.pointer]), length);
      const [kind, argument] = marking[name] ?? (['tag', 0] as const);
      const from = this.#liveOf(kind).find(({ handle }) => handle === args[argument]);
      this.#remembered.push({ kind: told, bytes, from: from ?? { handle: 0, algorithm: '' } });
    }
    if (closes !== undefined) {
      const live = this.#liveOf(closes.kind).filter(({ handle }) => handle !== closes.handle);
      this.#live.set(closes.kind, live);
    }
    this.#mark(name, args);
  }

  #mark(name: FunctionName, args: PlannedCall['args']): void {
    const [kind, argument] = marking[name] ?? [];
    if (kind !== undefined && argument !== undefined) {
      const live = this.#liveOf(kind).map((each) =>
        each.handle === args[argument] ? { ...each, marked: true } : each,
      );
      this.#live.set(kind, live);
    }
  }
}

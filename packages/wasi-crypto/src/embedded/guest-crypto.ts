import type { ErrnoImplementation } from '@wasmedge-plugins/core';
import type {
  asymmetricCommonSignatures,
  commonSignatures,
  kxSignatures,
  signatureSignatures,
  symmetricSignatures,
} from '../abi.js';
import { asymmetricFunctions } from './asymmetric/functions.js';
import { commonFunctions } from './common/functions.js';
import type { CryptoRuntime } from './crypto-runtime.js';
import { CryptoState } from './crypto-state.js';
import { kxFunctions } from './kx/functions.js';
import { signatureFunctions } from './signatures/functions.js';
import { symmetricFunctions } from './symmetric/functions.js';

/** The functions of the five modules for one guest, on its own handles. Those of a module are made when it first calls one. */
export class GuestCrypto implements Disposable {
  readonly state: CryptoState;
  #common: ErrnoImplementation<typeof commonSignatures> | undefined;
  #asymmetricCommon: ErrnoImplementation<typeof asymmetricCommonSignatures> | undefined;
  #kx: ErrnoImplementation<typeof kxSignatures> | undefined;
  #signatures: ErrnoImplementation<typeof signatureSignatures> | undefined;
  #symmetric: ErrnoImplementation<typeof symmetricSignatures> | undefined;

  constructor(runtime: CryptoRuntime) {
    this.state = new CryptoState(runtime);
  }

  get common() {
    this.#common ??= commonFunctions(this.state);
    return this.#common;
  }

  get asymmetricCommon() {
    this.#asymmetricCommon ??= asymmetricFunctions(this.state);
    return this.#asymmetricCommon;
  }

  get kx() {
    this.#kx ??= kxFunctions(this.state);
    return this.#kx;
  }

  get signatures() {
    this.#signatures ??= signatureFunctions(this.state);
    return this.#signatures;
  }

  get symmetric() {
    this.#symmetric ??= symmetricFunctions(this.state);
    return this.#symmetric;
  }

  [Symbol.dispose](): void {
    this.state[Symbol.dispose]();
  }
}

import type { ConformanceSuite, ProviderSetup } from '@wasmedge-plugins/conformance';
import { wasiCryptoPluginName } from '../src/abi.js';
import type { WasiCryptoPluginOptions } from '../src/options.js';
import { wasiCryptoPlugin } from '../src/plugin.js';
import { aeadCases } from './cases/aead.js';
import { aeadStateCases } from './cases/aead-states.js';
import { aeadVectorCases } from './cases/aead-vectors.js';
import { algorithmNameCases } from './cases/algorithm-names.js';
import { arrayOutputCases } from './cases/array-outputs.js';
import { handleCases } from './cases/handles.js';
import { hashCases } from './cases/hashes.js';
import { keyCheckCases } from './cases/key-checks.js';
import { keyDerivationCases } from './cases/key-derivation.js';
import { keyEncapsulationCases } from './cases/key-encapsulation.js';
import { keyEncodingCases } from './cases/key-encodings.js';
import { keyErrorCases } from './cases/key-errors.js';
import { keyExchangeCases } from './cases/key-exchange.js';
import { keyPairCases } from './cases/key-pairs.js';
import { longMessageCases } from './cases/long-messages.js';
import { macCases } from './cases/macs.js';
import { malformedSignatureCases } from './cases/malformed-signatures.js';
import { managedKeyCases } from './cases/managed-keys.js';
import { managedVersionCases } from './cases/managed-versions.js';
import { optionCases } from './cases/options.js';
import { rangeCases } from './cases/ranges.js';
import { rawKeyPairCases } from './cases/raw-key-pairs.js';
import { rsaKeyCases } from './cases/rsa-keys.js';
import { signatureEncodingCases } from './cases/signature-encodings.js';
import { signatureVectorCases } from './cases/signature-vectors.js';
import { signatureCases } from './cases/signatures.js';
import { symmetricErrorCases } from './cases/symmetric-errors.js';

/** What the WASI-Crypto plug-in must do, on any engine and provider. */
export const suite: ConformanceSuite = {
  plugin: wasiCryptoPluginName,
  title: 'WASI-Crypto plug-in',
  module: '@wasmedge-plugins/wasi-crypto/conformance',
  // From the source, and from the built file in `dist`.
  guests: new URL(import.meta.url.endsWith('.ts') ? './' : '../conformance/', import.meta.url),
  cases: [
    ...optionCases,
    ...arrayOutputCases,
    ...handleCases,
    ...hashCases,
    ...macCases,
    ...keyDerivationCases,
    ...aeadVectorCases,
    ...aeadCases,
    ...aeadStateCases,
    ...symmetricErrorCases,
    ...keyEncodingCases,
    ...rawKeyPairCases,
    ...algorithmNameCases,
    ...keyCheckCases,
    ...keyPairCases,
    ...rsaKeyCases,
    ...signatureVectorCases,
    ...signatureCases,
    ...signatureEncodingCases,
    ...longMessageCases,
    ...malformedSignatureCases,
    ...keyExchangeCases,
    ...keyEncapsulationCases,
    ...keyErrorCases,
    ...managedKeyCases,
    ...managedVersionCases,
    ...rangeCases,
  ],
  createPlugin({ provider, nativePath, options }: ProviderSetup) {
    return wasiCryptoPlugin({
      ...(options as WasiCryptoPluginOptions | undefined),
      provider,
      nativePath,
    });
  },
};

import { findWasmEdge } from '@wasmedge-plugins/core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { buildStandIn } from '../../../conformance/build-stand-in.js';
import { type CryptoClient, type CryptoClientOptions, createCryptoClient } from '../create-crypto-client.js';

type Target = 'embedded on v8' | 'embedded on wasmedge' | 'native, with the stand-in';

const requirements: Readonly<Record<Target, string>> = {
  'embedded on v8': 'v8',
  'embedded on wasmedge': 'wasmedge',
  'native, with the stand-in': 'native',
};
const required = (process.env.CI_REQUIRE ?? '').split(',').map((name) => name.trim());

async function optionsOf(target: Target): Promise<CryptoClientOptions> {
  if (target === 'embedded on v8') {
    return { engine: 'v8' };
  }
  await findWasmEdge();
  return target === 'embedded on wasmedge'
    ? { engine: 'wasmedge' }
    : { provider: 'native', nativePath: await buildStandIn(), logger: () => undefined };
}

/**
 * Declares a suite once for each target, with a client of its own. A target that is not here is skipped with the reason, or fails where
 * `CI_REQUIRE` names it.
 */
export async function forEachClient(
  targets: readonly Target[],
  declare: (client: () => CryptoClient) => void,
): Promise<void> {
  for (const target of targets) {
    const options = await optionsOf(target).catch((error: unknown) => String(error));
    const skipped = typeof options === 'string' && !required.includes(requirements[target]);
    if (skipped) {
      console.warn(`The client is not tried ${target}: ${options}`);
    }
    describe.skipIf(skipped)(target, () => {
      let client: CryptoClient;
      beforeAll(async () => {
        expect(typeof options, String(options)).toBe('object');
        client = await createCryptoClient(options as CryptoClientOptions);
      });
      afterAll(() => client?.[Symbol.dispose]());
      declare(() => client);
    });
  }
}

/** All targets. */
export const allTargets = Object.keys(requirements) as Target[];

/** Those of the embedded provider. */
export const embeddedTargets: readonly Target[] = ['embedded on v8', 'embedded on wasmedge'];

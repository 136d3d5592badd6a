import { createRuntime, findWasmEdge, type Runtime } from '@wasmedge-plugins/core';
import { beforeEach, describe, expect, it } from 'vitest';
import { buildStandIn } from '../conformance/build-stand-in.js';
import { wasiCryptoModuleNames } from './abi.js';
import { wasiCryptoPlugin } from './plugin.js';

const guest = new URL('../conformance/raw-calls.wasm', import.meta.url);
const warnings: string[] = [];

/** The stand-in's file, or what keeps it from being tried here. */
async function tryToBuild(): Promise<string | Error> {
  try {
    await findWasmEdge();
    return await buildStandIn();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

const built = await tryToBuild();
const isRequired = /(^|,) *native *(,|$)/.test(process.env.CI_REQUIRE ?? '');

describe('the native provider, with the stand-in', () => {
  beforeEach(({ skip }) => {
    if (built instanceof Error) {
      if (isRequired) {
        throw built;
      }
      skip(built.message.split('\n')[0]);
    }
  });

  const nativePath = String(built);
  function openRuntime(): Promise<Runtime> {
    return createRuntime({
      plugins: [wasiCryptoPlugin({ provider: 'native', nativePath })],
      logger: (level, message) => warnings.push(`${level}: ${message}`),
    });
  }

  it('registers all five modules, and warns of its defect once in a process', async () => {
    for (const _ of [1, 2]) {
      using runtime = await openRuntime();
      expect(runtime.report()).toMatchObject({
        engine: 'wasmedge',
        plugins: [{ name: 'wasi_crypto', provider: 'native', path: nativePath }],
      });
      const modules = runtime.report().plugins[0]?.modules ?? [];
      expect([...modules].sort()).toEqual(Object.values(wasiCryptoModuleNames).sort());
      // Every function is imported by this guest with its signature.
      runtime.instantiate(guest);
    }
    expect(warnings).toEqual([expect.stringMatching(/^warn: .*"ECDSA accepts malformed signatures"/)]);
  });

  it('shares handles between the runtimes of a process, as upstream does', async () => {
    using first = await openRuntime();
    using second = await openRuntime();
    const [one, other] = [first.instantiate(guest).exports, second.instantiate(guest).exports];
    expect(one.options_open?.(1, 0)).toBe(0);
    const handle = Number(one.load?.(0)) | (Number(one.load?.(1)) << 8);
    expect(handle & 0xff).toBe(1);
    expect(other.options_close?.(handle)).toBe(0);
    expect(one.options_close?.(handle)).toBe(14);
  });
});

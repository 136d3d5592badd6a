import { copyFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inlineCaseRuntime } from '@wasmedge-plugins/conformance';
import { createRuntime } from '@wasmedge-plugins/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RawNn } from '../conformance/abi-suite.js';
import { forStandIn } from './__fixtures__/for-stand-in.js';
import { modelFile, type SumSource, sumKind, sumModel } from './__fixtures__/sum-plugin.js';
import type { BackendKind } from './backend-kind.js';
import { defineBackendPlugin } from './backend-plugin.js';
import type { BackendPluginOptions } from './backend-plugin-options.js';

const missing = 'libsum was not found\nInstall it';

function autoPlugin(options: BackendPluginOptions<SumSource>, problem: string | undefined) {
  const kind: BackendKind<SumSource> = { ...sumKind(), unavailable: () => problem };
  return defineBackendPlugin(kind)({
    models: { road: { text: modelFile('sum 2') } },
    ...options,
    provider: 'auto',
  });
}

const one = [1, 2, 3, 4, 5, 6];

describe('provider: auto', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'choose-provider-'));
    vi.stubEnv('WASMEDGE_PLUGIN_PATH', folder);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('takes the embedded backend where its library is, and says so', async () => {
    writeFileSync(join(folder, 'libwasmedgePluginWasiNN.so'), 'never opened');
    using runtime = await createRuntime({ plugins: [autoPlugin({}, undefined)] });
    expect(runtime.report().plugins).toMatchObject([
      { provider: 'embedded', reason: expect.stringContaining('library is found') },
    ]);
  });

  it('stays with the embedded backend where neither is, and says what is missing', async () => {
    using runtime = await createRuntime({ plugins: [autoPlugin({}, missing)] });
    const [{ provider, reason } = {}] = runtime.report().plugins;
    expect({ provider, reason }).toEqual({
      provider: 'embedded',
      reason: 'its library is missing (libsum was not found), and no native plug-in was found',
    });
    expect(autoPlugin({ nativePath: '/no/such/plugin.so' }, missing).provider).toBe('embedded');
  });

  it('passes over a file that is not a plug-in', () => {
    writeFileSync(join(folder, 'libwasmedgePluginWasiNN.so'), 'no library');
    expect(autoPlugin({}, missing).provider).toBe('embedded');
  });
});

await forStandIn((standIn) => {
  it.each([
    ['in the usual places', true],
    ['by its path', false],
  ])(
    'provider: auto takes the native plug-in that is found %s where the library is missing',
    async (_, searched) => {
      const folder = mkdtempSync(join(tmpdir(), 'choose-provider-'));
      vi.stubEnv('WASMEDGE_PLUGIN_PATH', folder);
      // The process can have one file of the name, so the second time it is the same.
      const file = join(folder, 'libwasmedgePluginWasiNN.so');
      copyFileSync(standIn, file);
      try {
        const plugin = autoPlugin(searched ? {} : { nativePath: file }, missing);
        expect(plugin).toMatchObject({ provider: 'native', native: { path: file } });
        if (!searched) return;
        using runtime = await createRuntime({ plugins: [plugin], logger: () => undefined });
        expect(runtime.report().plugins).toMatchObject([
          {
            provider: 'native',
            path: file,
            reason:
              "the embedded backend's library is missing (libsum was not found), and the native plug-in was found",
          },
        ]);
        const guest = await RawNn.in(inlineCaseRuntime(runtime), sumModel);
        expect(await guest.add(await guest.createContext(await guest.loadModel()), one, one)).toEqual([
          2, 4, 6, 8, 10, 12,
        ]);
      } finally {
        vi.unstubAllEnvs();
      }
    },
  );
});

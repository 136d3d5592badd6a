import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findWasmEdge } from '@wasmedge-plugins/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { suite as probedSuite } from './__fixtures__/probed-suite.mjs';
import { createSumSuite } from './__fixtures__/sum-suite.js';
import { findTargets } from './find-targets.js';

const suite = await createSumSuite();
const hasLibrary = await findWasmEdge().then(
  () => true,
  () => false,
);
const v8 = { engine: 'v8', provider: 'embedded' };
const native = { engine: 'wasmedge', provider: 'native' };

beforeEach(() => {
  vi.stubEnv('WASMEDGE_NATIVE_PLUGINS', '');
  vi.stubEnv('CI_REQUIRE', '');
});

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('findTargets without a libwasmedge', () => {
  beforeEach(() => {
    vi.stubEnv('WASMEDGE_LIBRARY', '/nowhere/libwasmedge.so');
  });

  it('has v8, and the reason for the rest', async () => {
    const { available, ignored } = await findTargets(suite);
    expect(available).toEqual([v8]);
    expect(ignored).toMatchObject([
      { engine: 'wasmedge', provider: 'embedded', required: false },
      { ...native, required: false },
    ]);
    for (const { reason } of ignored) {
      expect(reason).toContain('/nowhere/libwasmedge.so');
    }
  });

  it.each([
    ['wasmedge', [true, true]],
    ['v8,native', [false, true]],
    ['v8', [false, false]],
  ])('requires what CI_REQUIRE=%s names', async (required, expected) => {
    vi.stubEnv('CI_REQUIRE', required);
    const { ignored } = await findTargets(suite);
    expect(ignored.map((entry) => entry.required)).toEqual(expected);
  });
});

describe.skipIf(!hasLibrary)('findTargets with a libwasmedge', () => {
  it('ignores the native provider when nobody has the plug-in', async () => {
    const { available, ignored } = await findTargets(suite);
    expect(available).toEqual([v8, { engine: 'wasmedge', provider: 'embedded' }]);
    expect(ignored).toMatchObject([
      { ...native, reason: expect.stringContaining('WASMEDGE_NATIVE_PLUGINS') },
    ]);
  });

  it('takes a stand-in and says so', async () => {
    const { available } = await findTargets(suite, { standIn: () => '/built/sum.so' });
    expect(available[2]).toEqual({ ...native, standIn: true, nativePath: '/built/sum.so' });
  });

  it('has the reason when the stand-in cannot be built', async () => {
    vi.stubEnv('CI_REQUIRE', 'native');
    const standIn = () => Promise.reject(new Error('no C compiler'));
    const { ignored } = await findTargets(suite, { standIn });
    expect(ignored).toMatchObject([
      { standIn: true, required: true, reason: expect.stringContaining('no C compiler') },
    ]);
  });

  it('prefers the released plug-in, at any depth of the named folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'native-plugins-'));
    const file = join(folder, 'a', 'b', 'libwasmedgePluginSum.so');
    mkdirSync(join(folder, 'a', 'b'), { recursive: true });
    writeFileSync(file, '');
    vi.stubEnv('WASMEDGE_NATIVE_PLUGINS', folder);
    const { available, ignored } = await findTargets(suite, { standIn: () => '/built/sum.so' });
    expect(available[2]).toEqual({ ...native, nativePath: file });
    expect(ignored).toEqual([]);
  });

  it('takes the stand-in where the named folder lacks the plug-in, and lists what is missing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'native-plugins-'));
    vi.stubEnv('WASMEDGE_NATIVE_PLUGINS', folder);
    vi.stubEnv('CI_REQUIRE', 'native');
    const { available, ignored } = await findTargets(suite, { standIn: () => '/built/sum.so' });
    expect(available[2]).toMatchObject({ standIn: true });
    expect(ignored).toMatchObject([{ ...native, required: true, reason: expect.stringContaining(folder) }]);
  });

  it('takes the first file that the probe of the suite knows, and tells what the others are', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'native-plugins-'));
    const file = (place: string, content: string) => {
      mkdirSync(join(folder, place));
      const path = join(folder, place, 'libwasmedgePluginProbed.so');
      writeFileSync(path, content);
      return path;
    };
    vi.stubEnv('WASMEDGE_NATIVE_PLUGINS', folder);
    const [crashing, others] = [file('a', 'crash'), file('b', 'theirs')];
    const { available, ignored } = await findTargets(probedSuite, { standIn: () => '/built/probed.so' });
    expect(available[2]).toMatchObject({ standIn: true, nativePath: '/built/probed.so' });
    expect(ignored).toMatchObject([native]);
    expect(ignored[0]?.reason).toContain(`${others} is not usable: the file says theirs`);
    expect(ignored[0]?.reason).toMatch(new RegExp(`${crashing} is not usable: .*SIGSEGV`));
    expect(ignored[0]?.reason).not.toContain('and more');
    const mine = file('c', 'mine');
    expect((await findTargets(probedSuite)).available[2]).toEqual({ ...native, nativePath: mine });
  });

  it('refuses a folder that is not there', async () => {
    vi.stubEnv('WASMEDGE_NATIVE_PLUGINS', '/nowhere/plugins');
    await expect(findTargets(suite)).rejects.toThrow('/nowhere/plugins');
  });

  it('refuses options that it does not know', async () => {
    const misspelt = { engine: ['v8'] } as object;
    await expect(findTargets(suite, misspelt)).rejects.toThrow('Did you mean engines?');
  });

  it('keeps to the engines and providers that are wanted', async () => {
    const { available } = await findTargets(suite, { engines: ['wasmedge'], providers: ['embedded'] });
    expect(available).toEqual([{ engine: 'wasmedge', provider: 'embedded' }]);
  });
});

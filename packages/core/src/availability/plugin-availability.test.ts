import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../errors/runtime-errors.js';
import { knownPlugins } from '../register/known-plugins.js';
import { pluginPackages } from '../register/plugin-packages.js';
import type { PluginName } from '../register/register.js';
import { howToGetPlugin } from './how-to-get.js';
import { readMachine } from './machine.js';
import { type AvailabilityQuery, pluginAvailability } from './plugin-availability.js';
import { pluginReleases, releasedPlatforms, releasedPlugins } from './releases.js';
import { compareVersions, isVersion } from './versions.js';

// Expected names are those of WasmEdge's release pages; Linux arm64 is called aarch64 there, and macOS arm64 is not.

const glibc = { name: 'glibc', version: '2.41' } as const;
const linuxX64: AvailabilityQuery = { platform: 'linux', arch: 'x64', libc: glibc };
const linuxArm64: AvailabilityQuery = { platform: 'linux', arch: 'arm64', libc: glibc };
const macArm64: AvailabilityQuery = { platform: 'darwin', arch: 'arm64', libc: undefined };

describe('a plug-in that is released', () => {
  it.each([
    [
      'wasmedge_process',
      linuxX64,
      '0.14.1',
      'WasmEdge-plugin-wasmedge_process-0.14.1-manylinux2014_x86_64.tar.gz',
    ],
    [
      'wasmedge_process',
      linuxArm64,
      '0.17.1',
      'WasmEdge-plugin-wasmedge_process-0.17.1-manylinux_2_28_aarch64.tar.gz',
    ],
    ['wasi_crypto', linuxX64, '0.15.0', 'WasmEdge-plugin-wasi_crypto-0.15.0-manylinux_2_28_x86_64.tar.gz'],
    ['wasi_crypto', linuxArm64, '0.14.0', 'WasmEdge-plugin-wasi_crypto-0.14.0-manylinux2014_aarch64.tar.gz'],
    [
      'wasi_nn',
      { ...linuxX64, backend: 'openvino' },
      '0.14.1',
      'WasmEdge-plugin-wasi_nn-openvino-0.14.1-ubuntu20.04_x86_64.tar.gz',
    ],
    [
      'wasi_nn',
      { ...linuxX64, backend: 'pytorch' },
      '0.17.1',
      'WasmEdge-plugin-wasi_nn-pytorch-0.17.1-manylinux_2_28_x86_64.tar.gz',
    ],
    [
      'wasi_nn',
      { ...linuxArm64, backend: 'tflite' },
      '0.13.5',
      'WasmEdge-plugin-wasi_nn-tensorflowlite-0.13.5-manylinux2014_aarch64.tar.gz',
    ],
    [
      'wasmedge_httpsreq',
      linuxArm64,
      '0.12.1',
      'WasmEdge-plugin-wasmedge_httpsreq-0.12.1-manylinux2014_aarch64.tar.gz',
    ],
  ] as const)('%s names its asset', (name, query, wasmedgeVersion, asset) => {
    const found = pluginAvailability(name, { ...query, wasmedgeVersion });
    expect({ released: found.released, asset: found.assets[0]?.name }).toEqual({ released: true, asset });
    expect(found.assets[0]?.pattern.test(asset)).toBe(true);
    expect(found.assets[0]?.pattern.test(asset.replace('0.1', '0x1'))).toBe(false);
  });

  it('for macOS has the number of the Darwin that it was built on in its name', () => {
    const { assets } = pluginAvailability('wasi_crypto', { ...macArm64, wasmedgeVersion: '0.15.0' });
    expect(assets).toHaveLength(1);
    for (const [asset, fits] of [
      ['WasmEdge-plugin-wasi_crypto-0.15.0-darwin_23-arm64.tar.gz', true],
      ['WasmEdge-plugin-wasi_crypto-0.15.0-darwin_arm64.tar.gz', true],
      ['WasmEdge-plugin-wasi_crypto-0.15.0-darwin_24-x86_64.tar.gz', false],
      ['WasmEdge-plugin-wasi_crypto-0.15.1-darwin_23-arm64.tar.gz', false],
    ] as const) {
      expect(assets[0]?.pattern.test(asset)).toBe(fits);
    }
  });

  it('names no asset, and no end, when no version is asked for', () => {
    expect(pluginAvailability('wasi_crypto', linuxX64)).toMatchObject({
      released: true,
      range: { since: '0.10.1' },
      assets: [],
    });
    expect(pluginAvailability('wasi_crypto', linuxX64).range).not.toHaveProperty('until');
  });

  it('of the process plug-in may also be in the archive of the runtime', () => {
    const runtime = (name: PluginName) =>
      pluginAvailability(name, { ...linuxX64, wasmedgeVersion: '0.11.0' }).runtimeAssets.map(
        (asset) => asset.name,
      );
    expect(runtime('wasmedge_process')[0]).toBe('WasmEdge-0.11.0-manylinux2014_x86_64.tar.gz');
    expect(runtime('wasi_crypto')).toEqual([]);
  });

  it('tells what Rosetta means', () => {
    const query = { platform: 'darwin', arch: 'x64', libc: undefined, wasmedgeVersion: '0.15.0' } as const;
    expect(pluginAvailability('wasi_crypto', { ...query, translated: true }).note).toContain('Rosetta');
    expect(pluginAvailability('wasi_crypto', { ...query, translated: false }).note).toBeUndefined();
  });
});

describe('a plug-in that is not released', () => {
  it.each<[string, PluginName, AvailabilityQuery, string, RegExp]>([
    ['on musl', 'wasi_crypto', { ...linuxX64, libc: { name: 'musl' } }, '0.17.1', /musl.*glibc/],
    [
      'on Windows',
      'wasmedge_process',
      { platform: 'win32', arch: 'x64' },
      '0.17.1',
      /no plug-in for Windows.*Linux x64 and Linux arm64/,
    ],
    [
      'for arm64',
      'wasi_nn',
      { ...linuxArm64, backend: 'openvino' },
      '0.17.1',
      /wasi_nn \(openvino\) for Linux x64 only, not for Linux arm64/,
    ],
    ['for macOS', 'wasmedge_process', macArm64, '0.17.1', /not for macOS arm64/],
    [
      'for another system',
      'wasi_crypto',
      { platform: 'freebsd', arch: 'x64' },
      '0.17.1',
      /not for freebsd x64/,
    ],
    [
      'before it came',
      'wasi_nn',
      { ...linuxX64, backend: 'tflite' },
      '0.11.1',
      /came to Linux x64 with WasmEdge 0\.11\.2/,
    ],
    [
      'after it was removed',
      'wasmedge_httpsreq',
      linuxX64,
      '0.13.0',
      /removed from WasmEdge after 0\.12\.1 \(WasmEdge#2514\)/,
    ],
    [
      'after it was removed',
      'wasmedge_process',
      linuxX64,
      '0.18.0',
      /removed from WasmEdge after 0\.17\.1 \(WasmEdge#5295\)/,
    ],
    [
      'for an old glibc',
      'wasi_crypto',
      { ...linuxX64, libc: { name: 'glibc', version: '2.17' } },
      '0.15.0',
      /glibc 2\.28 or later; this machine has 2\.17/,
    ],
  ])('%s says why, and what to use instead', (_case, name, query, wasmedgeVersion, reason) => {
    const found = pluginAvailability(name, { ...query, wasmedgeVersion });
    expect(found).toMatchObject({ released: false, assets: [], runtimeAssets: [] });
    expect(found.reason).toMatch(reason);
    expect(found.instead).toMatch(/provider: 'embedded' of @wasmedge-plugins\/.*-DWASMEDGE_PLUGIN_/);
  });

  it('takes the older build on an old glibc', () => {
    const query = {
      ...linuxX64,
      libc: { name: 'glibc', version: '2.17' },
      wasmedgeVersion: '0.14.1',
    } as const;
    expect(pluginAvailability('wasi_crypto', query).assets.map(({ build }) => build)).toEqual(['manylinux']);
    expect(
      pluginAvailability('wasi_crypto', { ...query, libc: glibc }).assets.map(({ build }) => build),
    ).toEqual(['manylinux', 'ubuntu20.04']);
  });
});

describe('the table', () => {
  it('has every known plug-in and package once', () => {
    expect(pluginPackages.map(({ packageName }) => packageName)).toEqual(
      knownPlugins.flatMap(({ packageNames }) => packageNames),
    );
    for (const { name, fileName } of knownPlugins) {
      const files = releasedPlugins.filter((plugin) => plugin.name === name).map((plugin) => plugin.fileName);
      expect([...new Set(files)]).toEqual([fileName]);
    }
    expect(releasedPlugins.map(({ release }) => release.asset)).toEqual([
      'wasmedge_httpsreq',
      'wasmedge_process',
      'wasi_crypto',
      'wasi_nn-ggml',
      'wasi_nn-openvino',
      'wasi_nn-pytorch',
      'wasi_nn-tensorflowlite',
    ]);
  });

  it('is in itself consistent', () => {
    for (const { release } of releasedPlugins) {
      for (const row of releasedPlatforms(release)) {
        expect(isVersion(row.since), release.asset).toBe(true);
        expect(row.until, release.asset).toBe(release.until);
        expect(row.builds.length, release.asset).toBeGreaterThan(0);
      }
    }
  });

  it('names the crate that fits a version of WasmEdge: wasi-nn has new numbers from 0.15.0 (WasmEdge#4068)', () => {
    const crates = releasedPlugins.find(({ backend }) => backend === 'pytorch')?.guestCrates;
    expect(crates).toEqual([
      { name: 'wasi-nn', version: '0.6', since: '0.15.0' },
      { name: 'wasi-nn', version: '0.5', until: '0.14.1' },
    ]);
  });

  it('gives the rows of a package', () => {
    expect(pluginReleases('wasi_nn', 'openvino')).toEqual([
      { platform: 'linux', arch: 'x64', since: '0.10.1' },
    ]);
  });
});

describe('how to get a plug-in', () => {
  it.each<[string, AvailabilityQuery, RegExp]>([
    ['wasi_crypto', linuxX64, /with wasmedge-plugins install wasi_crypto\.$/],
    [
      'wasi_nn',
      linuxX64,
      /install wasi_nn-ggml or wasi_nn-openvino or wasi_nn-pytorch or wasi_nn-tensorflowlite\.$/,
    ],
    ['wasi_nn', { ...linuxX64, backend: 'tflite' }, /install wasi_nn-tensorflowlite\.$/],
    ['wasi_nn', { ...linuxX64, backend: 'openvino' }, /install wasi_nn-openvino\.$/],
    ['wasi_nn', { ...linuxX64, backend: 'kserve' }, /releases no native plug-in/],
    ['wasi_nn', linuxArm64, /install wasi_nn-ggml or wasi_nn-tensorflowlite\.$/],
    ['wasi_crypto', { platform: 'win32', arch: 'x64' }, /no plug-in for Windows/],
    ['wasmedge_process', { ...linuxX64, libc: { name: 'musl' } }, /no plug-in for musl/],
    ['my_plugin', linuxX64, /from its author/],
  ])('is told for this machine: %s %o', (name, machine, text) => {
    expect(howToGetPlugin(name, machine)).toMatch(text);
  });
});

it.each([
  // @ts-expect-error: the register has no such plug-in.
  [() => pluginAvailability('wasi_logging'), /"wasi_logging" is unknown/],
  [() => pluginAvailability('wasi_nn'), /ggml, onnx, openvino, pytorch, tflite, kserve; name one/],
  // @ts-expect-error: the register has no such backend.
  [() => pluginAvailability('wasi_nn', { backend: 'pretend' }), /ggml, onnx, openvino, pytorch, tflite/],
  [() => pluginAvailability('wasi_crypto', { backend: 'tflite' }), /has no backends/],
  [() => pluginAvailability('wasi_crypto', { wasmedgeVersion: 'latest' }), /such as 0\.14\.1, not "latest"/],
])('refuses what cannot be asked', (ask, message) => {
  expect(ask).toThrow(InvalidArgumentError);
  expect(ask).toThrow(message);
});

describe('the machine', () => {
  it('is the one that Node tells', () => {
    expect(readMachine()).toMatchObject({ platform: process.platform, arch: process.arch });
  });

  const unknown = () => {
    throw new Error('sysctl: unknown oid');
  };

  it.each<[NodeJS.Platform, NodeJS.Architecture, () => string, boolean]>([
    ['darwin', 'x64', () => '1\n', true],
    ['darwin', 'x64', () => '0\n', false],
    ['darwin', 'arm64', () => '1\n', false],
    ['linux', 'x64', () => '1\n', false],
    ['darwin', 'x64', unknown, false],
  ])('is translated by Rosetta on %s %s when sysctl says so', (platform, arch, sysctl, translated) => {
    expect(readMachine({ platform, arch, sysctl }).translated).toBe(translated);
  });
});

it('orders versions by their numbers', () => {
  expect(compareVersions('0.9.1', '0.10.0')).toBeLessThan(0);
  expect(compareVersions('0.15.0-rc.1', '0.15.0')).toBe(0);
  expect(compareVersions('1.0.0', '0.17.1')).toBeGreaterThan(0);
});

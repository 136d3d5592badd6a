import { findPluginPackage, type Machine } from '@wasmedge-plugins/core';
import { expect, it } from 'vitest';
import { oneLine } from '../__fixtures__/run-bin.js';
import { examinePlugins } from './examine-plugins.js';
import { formatDoctor } from './format-doctor.js';
import { nativeState } from './native-state.js';

// Machines that this one is not: what the report says of them depends on nothing else.

const library = {
  path: '/opt/lib/libwasmedge.so',
  version: '0.15.0',
  pluginPlaces: ['/opt/plugin'],
  hasCompiler: true,
};

async function report(machine: Machine): Promise<{ released: string[]; text: string }> {
  const plugins = await examinePlugins(machine, library, { files: [], notTried: [] });
  const engines = [{ name: 'wasmedge', available: true, ...library }] as const;
  const text = formatDoctor({
    ok: true,
    machine: { node: '20.19.0', ...machine },
    engines,
    plugins,
    files: [],
    notTried: [],
    compiledCode: { directory: '/home/me/.cache', entries: 0, bytes: 0 },
    servers: [],
  });
  return {
    released: plugins
      .filter(({ released }) => released.here)
      .map(({ packageName }) => packageName.split('/')[1] ?? ''),
    text: oneLine(text),
  };
}

it('tells that nothing is released for musl', async () => {
  const { released, text } = await report({
    platform: 'linux',
    arch: 'x64',
    libc: { name: 'musl' },
    translated: false,
  });
  expect(released).toEqual([]);
  expect(text).toContain('linux x64, musl');
  expect(text.split('WasmEdge releases no plug-in for musl')).toHaveLength(2);
});

it('tells that nothing is released for Windows', async () => {
  const { released, text } = await report({
    platform: 'win32',
    arch: 'x64',
    libc: undefined,
    translated: false,
  });
  expect(released).toEqual([]);
  expect(text).toContain('WasmEdge releases no plug-in for Windows');
});

it('knows what Linux on arm64 lacks', async () => {
  const { released, text } = await report({
    platform: 'linux',
    arch: 'arm64',
    libc: { name: 'glibc', version: '2.41' },
    translated: false,
  });
  expect(released).toEqual(['process', 'wasi-crypto', 'wasi-nn-ggml', 'wasi-nn-tflite']);
  expect(text).toContain('wasi_nn (openvino) for Linux x64 only, not for Linux arm64');
});

it('tells of Rosetta', async () => {
  const { released, text } = await report({
    platform: 'darwin',
    arch: 'x64',
    libc: undefined,
    translated: true,
  });
  expect(released).toEqual(['wasi-crypto', 'wasi-nn-ggml', 'wasi-nn-tflite']);
  expect(text).toContain('runs under Rosetta');
});

it('takes no file for that of a backend that WasmEdge does not release', () => {
  const { fileName, release: _release, ...remote } = findPluginPackage('wasi_nn', 'tflite');
  const path = `/opt/plugin/lib${fileName}.so`;
  const files = [{ path, name: 'wasi_nn', loads: true, problems: [], warnings: [] }];
  expect(nativeState(remote, { files, notTried: [path] })).toEqual({ installed: false });
});

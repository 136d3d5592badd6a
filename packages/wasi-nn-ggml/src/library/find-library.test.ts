import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { binaryPackages } from './binary-package.js';
import { findLibrary } from './find-library.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'wasmedge-plugins-ggml-test-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function install(name: string, version = '3.21.1'): string {
  const folder = join(root, 'node_modules', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version }));
  return folder;
}

const find = (gpu?: 'none' | 'auto' | 'cuda' | 'metal') => () =>
  findLibrary({ gpu, from: pathToFileURL(join(root, 'index.js')).href, machine: 'linux-x64' });

it('finds llama.cpp where both of its packages are', () => {
  const folder = install('node-llama-cpp');
  install('@node-llama-cpp/linux-x64');
  expect(find()()).toBe(folder);
  expect(find('none')()).toBe(folder);
});

it('names what is missing', () => {
  const small =
    /npm install --omit=optional --ignore-scripts node-llama-cpp@3\.21\.1 @node-llama-cpp\/linux-x64@3\.21\.1$/;
  expect(find()).toThrow(small);
  install('node-llama-cpp', '3.0.0');
  expect(find()).toThrow(/version 3\.0\.0 .* made for 3\.21\.1/);
  install('node-llama-cpp');
  const binary =
    /@node-llama-cpp\/linux-x64, .* Install it with: npm install @node-llama-cpp\/linux-x64@3\.21\.1$/;
  for (const gpu of [undefined, 'none', 'auto'] as const) expect(find(gpu)).toThrow(binary);
  install('@node-llama-cpp/linux-x64');
  expect(find('cuda')).toThrow(/npm install @node-llama-cpp\/linux-x64-cuda@3\.21\.1$/);
  expect(find('metal')).toThrow(/no llama\.cpp for linux-x64 with gpu: 'metal'\. Leave out the option gpu/);
});

it('takes what somebody has compiled instead', () => {
  const folder = install('node-llama-cpp');
  mkdirSync(join(folder, 'llama', 'localBuilds'), { recursive: true });
  expect(find()()).toBe(folder);
});

// As in the optional dependencies of node-llama-cpp 3.21.1 and in its compileLLamaCpp.js.
it.each([
  ['none', 'darwin-arm64', ['mac-arm64-metal']],
  ['metal', 'darwin-arm64', ['mac-arm64-metal']],
  ['none', 'darwin-x64', ['mac-x64']],
  ['auto', 'win32-x64', ['win-x64', 'win-x64-cuda', 'win-x64-vulkan']],
  ['vulkan', 'win32-x64', ['win-x64-vulkan']],
  ['auto', 'linux-arm', ['linux-armv7l']],
  ['cuda', 'linux-arm64', []],
  ['auto', 'sunos-x64', []],
] as const)('knows the packages for %s on %s', (gpu, machine, names) => {
  expect(binaryPackages(gpu, machine)).toEqual(names.map((name) => `@node-llama-cpp/${name}`));
});

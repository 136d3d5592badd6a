import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { BackendUnavailableError } from '@wasmedge-plugins/wasi-nn';
import { type Machine, libraryPlaces as places } from '@wasmedge-plugins/wasi-nn/kit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findLibrary, librarySearch } from './find-library.js';

const libraryPlaces = (machine: Machine) => places(librarySearch, machine);

// Names of files and folders: OpenVINO's wheel 2026.4.1, its archives and their script setupvars, and openvino-node's package.
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'openvino-places-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function machine(env: NodeJS.ProcessEnv = {}, more: Partial<Machine> = {}): Machine {
  return { platform: 'linux', arch: 'x64', env, cwd: () => folder, ...more };
}

function put(path: string, content = ''): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

const wheel = 'lib/python3.11/site-packages/openvino/libs/libopenvino_c.so.2641';

describe('findLibrary', () => {
  it('takes the variable as a file or a folder, and then looks nowhere else', () => {
    const file = put(wheel);
    expect(findLibrary(machine({ WASMEDGE_PLUGINS_OPENVINO: file }))).toBe(file);
    expect(findLibrary(machine({ WASMEDGE_PLUGINS_OPENVINO: dirname(file) }))).toBe(file);
    const missing = join(folder, 'missing');
    const named = machine({ WASMEDGE_PLUGINS_OPENVINO: missing, VIRTUAL_ENV: folder });
    expect(libraryPlaces(named)).toEqual([missing]);
    expect(() => findLibrary(named)).toThrow(BackendUnavailableError);
  });

  it.each(['VIRTUAL_ENV', 'CONDA_PREFIX'])('finds the wheel in the environment that %s names', (variable) => {
    const file = put(wheel);
    expect(findLibrary(machine({ [variable]: folder }))).toBe(file);
  });

  it("finds the wheel in the user's packages, also in Debian's folder for them", () => {
    const file = put('.local/lib/python3.13/dist-packages/openvino/libs/libopenvino_c.so.2460');
    expect(findLibrary(machine({ HOME: folder }))).toBe(file);
  });

  it("finds it where the system's loader is told to search", () => {
    const linux = put('libs/libopenvino_c.so.2026.4.1');
    expect(findLibrary(machine({ LD_LIBRARY_PATH: `${join(folder, 'none')}:${dirname(linux)}` }))).toBe(
      linux,
    );
    const mac = put('mac/libopenvino_c.2641.dylib');
    const env = { DYLD_LIBRARY_PATH: dirname(mac), LD_LIBRARY_PATH: dirname(linux) };
    expect(findLibrary(machine(env, { platform: 'darwin' }))).toBe(mac);
    const windows = put('windows/openvino_c.dll');
    expect(findLibrary(machine({ PATH: dirname(windows) }, { platform: 'win32' }))).toBe(windows);
  });

  it.each([
    ['linux', 'x64', 'runtime/lib/intel64/libopenvino_c.so'],
    ['linux', 'arm64', 'runtime/lib/aarch64/libopenvino_c.so'],
    ['darwin', 'arm64', 'runtime/lib/arm64/Release/libopenvino_c.dylib'],
    ['win32', 'x64', 'runtime/bin/intel64/Release/openvino_c.dll'],
  ] as const)('finds the archive of %s %s', (platform, arch, path) => {
    const file = put(path);
    expect(findLibrary(machine({ INTEL_OPENVINO_DIR: folder }, { platform, arch }))).toBe(file);
  });

  it('finds the package openvino-node of the program', () => {
    put('node_modules/openvino-node/package.json', '{ "name": "openvino-node", "version": "2026.4.1" }');
    const file = put('node_modules/openvino-node/bin/libopenvino_c.so.2641');
    expect(findLibrary(machine())).toBe(file);
  });

  it('takes no other library for it', () => {
    put('libs/libopenvino.so.2641');
    put('libs/libopenvino_c.so.2641.txt');
    expect(() => findLibrary(machine({ LD_LIBRARY_PATH: join(folder, 'libs') }))).toThrow('was not found');
  });

  it('tells every place that it searched, and what installs it', () => {
    const searched = machine({ VIRTUAL_ENV: folder, INTEL_OPENVINO_DIR: join(folder, 'archive') });
    mkdirSync(join(folder, 'lib/python3.12'), { recursive: true });
    const places = libraryPlaces(searched);
    expect(places).toEqual(
      expect.arrayContaining([
        join(folder, 'lib/python3.12/site-packages/openvino/libs'),
        '/usr/lib/x86_64-linux-gnu',
        join(folder, 'archive/runtime/lib/intel64'),
      ]),
    );
    expect(libraryPlaces(machine({}, { platform: 'darwin' }))).toContain('/opt/homebrew/lib');
    try {
      findLibrary(searched);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(BackendUnavailableError);
      const { message } = error as Error;
      for (const place of places) expect(message).toContain(`  ${place}\n`);
      expect(message).toContain('pip install openvino');
      expect(message).toContain('WASMEDGE_PLUGINS_OPENVINO');
    }
  });

  it('searches no folder that is relative to where the program happens to run', () => {
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      for (const place of libraryPlaces(machine({}, { platform }))) expect(place).toMatch(/^\//);
    }
  });
});

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileText, forCompiler } from '../__fixtures__/compile-c.js';
import { expectThrows } from '../__fixtures__/expect-error.js';
import { NativePluginInvalidError, NativePluginNotFoundError } from '../index.js';
import { inspectPluginFile, pluginProblems } from '../plugins.js';
import { inspectPluginBytes } from './inspect-plugin-file.js';
import type { LoaderEnvironment } from './library-search.js';

// The files in __fixtures__/foreign were built by clang and lld from plugin.c, which has these values.
const declared = {
  name: 'foreign',
  description: 'A plug-in of another platform',
  apiVersion: 4,
  version: '1.2.3.4',
};
const foreign = (name: string) => fileURLToPath(new URL(`./__fixtures__/foreign/${name}`, import.meta.url));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'inspect-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a plug-in of another platform', () => {
  it.each([
    ['linux-arm64.so', 'elf', 'linux', ['arm64'], 'c', ['libneeded.so.1'], true],
    ['linux-riscv64.so', 'elf', 'linux', ['riscv64'], 'c', ['libneeded.so.1'], false],
    ['linux-ppc64.so', 'elf', 'linux', ['ppc64'], 'c', ['libneeded.so.1'], false],
    ['linux-ia32.so', 'elf', 'linux', ['ia32'], 'c', ['libneeded.so.1'], false],
    [
      'macos-x86_64.dylib',
      'mach-o',
      'darwin',
      ['x64'],
      'cpp',
      ['@rpath/libneeded.dylib', '/usr/lib/libSystem.B.dylib'],
      true,
    ],
    [
      'macos-universal.dylib',
      'mach-o',
      'darwin',
      ['x64', 'arm64'],
      'cpp',
      ['@rpath/libneeded.dylib', '/usr/lib/libSystem.B.dylib'],
      true,
    ],
    ['windows-x64.dll', 'pe', 'win32', ['x64'], 'c', ['needed.dll'], true],
    ['windows-arm64.dll', 'pe', 'win32', ['arm64'], 'c', ['needed.dll'], true],
  ])('%s', (name, format, platform, architectures, descriptor, needed, isDeclared) => {
    const bytes = readFileSync(foreign(name));
    const inspection = inspectPluginFile(foreign(name));
    expect(inspection).toMatchObject({
      path: foreign(name),
      size: bytes.byteLength,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      format,
      platform,
      architectures,
      isLibrary: true,
      descriptor,
      needed,
      libwasmedge: undefined,
    });
    expect(inspection.declared).toEqual(isDeclared ? declared : {});
    if (!inspection.fitsHere) {
      expect(inspection.libraries).toBeUndefined();
      expect(pluginProblems(inspection, { version: '0.14.1' })).toMatchObject([
        {
          code: 'ERR_NATIVE_PLUGIN_ARCHITECTURE',
          found: architectures.map((architecture) => `${platform} ${architecture}`),
        },
      ]);
    }
  });
});

describe('libraries on another platform', () => {
  const inspect = (name: string, path: string, machine: Partial<LoaderEnvironment>) =>
    inspectPluginBytes(path, readFileSync(foreign(name)), {
      platform: 'darwin',
      architecture: 'x64',
      variables: {},
      executable: '/bin/node',
      loaded: [],
      ...machine,
    });

  it('are found on macOS by @rpath, @loader_path and DYLD_LIBRARY_PATH, for the right processor only', () => {
    const home = join(folder, 'macos');
    mkdirSync(join(home, 'plugin'), { recursive: true });
    mkdirSync(join(home, 'lib'));
    const path = join(home, 'plugin', 'libforeign.dylib');
    const needed = join(home, 'lib', 'libneeded.dylib');
    const libraries = (variables = {}) =>
      inspect('macos-universal.dylib', path, { architecture: 'arm64', variables }).libraries;
    const system = { name: '/usr/lib/libSystem.B.dylib', path: '/usr/lib/libSystem.B.dylib', own: false };
    expect(libraries()).toMatchObject([{ name: '@rpath/libneeded.dylib', path: undefined }, system]);
    writeFileSync(needed, readFileSync(foreign('macos-x86_64.dylib')));
    expect(libraries()).toMatchObject([{ path: undefined }, system]);
    writeFileSync(needed, readFileSync(foreign('macos-universal.dylib')));
    expect(libraries()?.slice(0, 2)).toMatchObject([{ path: needed, own: true }, system]);
    mkdirSync(join(home, 'other'));
    const named = join(home, 'other', 'libneeded.dylib');
    writeFileSync(named, readFileSync(foreign('macos-universal.dylib')));
    expect(libraries({ DYLD_LIBRARY_PATH: join(home, 'other') })?.[0]).toMatchObject({
      path: named,
      own: false,
    });
  });

  it('are found on Windows among what is loaded, in the folder of the program and in PATH', () => {
    const windows = (machine: Partial<LoaderEnvironment>) =>
      inspect('windows-x64.dll', 'C:\\plugin\\foreign.dll', {
        platform: 'win32',
        executable: 'C:\\node\\node.exe',
        ...machine,
      }).libraries;
    expect(windows({})).toMatchObject([{ name: 'needed.dll', path: undefined }]);
    expect(windows({ loaded: ['D:\\Needed.DLL'] })).toMatchObject([{ path: 'D:\\Needed.DLL' }]);
  });
});

forCompiler(() => {
  it('is read as readelf reads it', () => {
    const library = compileText('int one(void) { return 1; }', join(folder, 'libone.so'), [
      '-Wl,-soname,libone.so.9',
    ]);
    const path = compileText(
      `#include <stdio.h>
      int one(void);
      const void *WasmEdge_Plugin_GetDescriptor(void) { return 0; }
      int use(void) { return one() + puts("x"); }`,
      join(folder, 'libtwo.so'),
      [library, '-Wl,-rpath,$ORIGIN/x:/y', '-lm', '-Wl,--no-as-needed', '-lwasmedge'],
    );
    const inspection = inspectPluginFile(path);
    const { stdout, error } = spawnSync('readelf', ['-dW', path], { encoding: 'utf8' });
    expect(error).toBeUndefined();
    const needed = [...stdout.matchAll(/\(NEEDED\).*\[(.*)\]/g)].map(([, name]) => name);
    expect(needed.length).toBeGreaterThan(1);
    expect(inspection.needed).toEqual(needed);
    expect(inspection.libwasmedge).toMatch(/^libwasmedge\.so/);
    expect(inspection.libraries?.find(({ name }) => name === 'libone.so.9')?.path).toBeUndefined();
    expect(inspection.libraries?.find(({ name }) => name === 'libc.so.6')).toMatchObject({
      path: expect.stringMatching(/^\//),
      missingVersions: [],
    });
  });

  it.each([
    [],
    ['-Wl,-z,pack-relative-relocs'],
    ['-O0'],
    ['-fcf-protection=full'],
    ['-Wl,--hash-style=sysv'],
    ['-s'],
  ])('tells what its descriptor says, built with %j', (...flags) => {
    const path = compileText(
      `static const struct { const char *name, *description; unsigned api, version[4]; unsigned counts[2]; void *more[2]; }
          descriptor = {"built", "with flags", 5, {9, 8, 7, 6}, {0, 0}, {0, 0}};
        const void *WasmEdge_Plugin_GetDescriptor(void) { return &descriptor; }`,
      join(folder, 'libflags.so'),
      flags,
    );
    expect(inspectPluginFile(path)).toMatchObject({
      descriptor: 'c',
      declared: { name: 'built', description: 'with flags', apiVersion: 5, version: '9.8.7.6' },
    });
  });

  it('has libraries where ldd finds them', () => {
    const { stdout } = spawnSync('ldd', [process.execPath], { encoding: 'utf8' });
    const expected = [...stdout.matchAll(/^\s+(\S+) => (\S+) \(/gm)].map(([, name, path]) => [name, path]);
    expect(expected.length).toBeGreaterThan(3);
    const found = new Map(
      inspectPluginFile(process.execPath).libraries?.map(({ name, path }) => [name, path]),
    );
    for (const [name, path] of expected) {
      expect([name, found.get(name as string)]).toEqual([name, path]);
    }
  });

  it('needs a glibc that is not here: the version is named', () => {
    // A need for a version that no glibc has: the name of one that this one has, changed in the file.
    const path = compileText(
      '#include <stdio.h>\nconst void *WasmEdge_Plugin_GetDescriptor(void) { puts("x"); return 0; }',
      join(folder, 'libglibc.so'),
    );
    const bytes = readFileSync(path);
    const at = bytes.indexOf('\0GLIBC_2.2.5\0') + 1;
    expect(at).toBeGreaterThan(0);
    bytes.write('GLIBC_2.999', at, 'latin1');
    writeFileSync(path, bytes);
    expect(pluginProblems(inspectPluginFile(path))).toMatchObject([
      { code: 'ERR_NATIVE_PLUGIN_DEPENDENCY', missing: ['GLIBC_2.999 of libc.so.6'] },
    ]);
  });
});

describe('a file that is not a plug-in', () => {
  it('is an error', () => {
    expectThrows(
      () => inspectPluginFile(join(folder, 'gone.so')),
      NativePluginNotFoundError,
      'ERR_NATIVE_PLUGIN_NOT_FOUND',
    );
    expectThrows(
      () => inspectPluginFile(folder),
      NativePluginNotFoundError,
      'ERR_NATIVE_PLUGIN_NOT_FOUND',
      /it is not a file/,
    );
    expectThrows(
      () => inspectPluginFile('/dev/zero'),
      NativePluginNotFoundError,
      'ERR_NATIVE_PLUGIN_NOT_FOUND',
      /it is not a file/,
    );
  });

  // Hostile bytes: whatever they are, the answer is an inspection or this one error, and it comes soon.
  const attempt = (bytes: Uint8Array, name: string) => {
    const machines = [
      ['linux', 'x64'],
      ['linux', 'arm64'],
      ['darwin', 'arm64'],
      ['win32', 'x64'],
    ] as const;
    for (const [platform, architecture] of machines) {
      try {
        inspectPluginBytes(`/nowhere/${name}`, bytes, {
          platform,
          architecture,
          variables: {},
          executable: '/x',
          loaded: [],
        });
      } catch (error) {
        if (!NativePluginInvalidError.isInstance(error)) {
          throw error;
        }
      }
    }
  };
  const names = [
    'linux-arm64.so',
    'linux-ia32.so',
    'linux-ppc64.so',
    'macos-x86_64.dylib',
    'macos-universal.dylib',
    'windows-x64.dll',
  ];

  it.each(names)('cut off anywhere: %s', (name) => {
    const bytes = readFileSync(foreign(name));
    const step = Math.max(1, Math.floor(bytes.length / 1500));
    for (let length = 0; length < bytes.length; length += length < 600 ? 1 : step) {
      attempt(bytes.subarray(0, length), name);
    }
  });

  it.each(names)('with changed bytes: %s', (name) => {
    const original = readFileSync(foreign(name));
    const next = numbers(names.indexOf(name) + 1);
    const values = [0, 1, 0x7f, 0x80, 0xff];
    for (let round = 0; round < 1500; round++) {
      const bytes = Buffer.from(original);
      for (let change = next() % 8; change >= 0; change--) {
        // Most of what matters is at the beginning.
        const at = next() % (change % 2 === 0 ? Math.min(1024, bytes.length) : bytes.length);
        bytes[at] = round % 2 === 0 ? (values[next() % values.length] as number) : next() % 256;
      }
      attempt(bytes, name);
    }
  });

  it('of random bytes behind each magic number', () => {
    const next = numbers(7);
    for (const magic of ['7f454c46', 'cffaedfe', 'feedfacf', 'cafebabe', 'cafebabf', '4d5a', '']) {
      for (let round = 0; round < 300; round++) {
        const bytes = Uint8Array.from({ length: next() % 700 }, () => next() % 256);
        attempt(Buffer.concat([Buffer.from(magic, 'hex'), bytes]), 'random');
      }
    }
  });
});

/** Numbers that look random and are the same in every run. */
function numbers(seed: number): () => number {
  let state = seed * 0x9e37_79b9;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b_3c6d) + 0x6d2b_79f5) >>> 0;
    return (state ^ (state >>> 13)) >>> 0;
  };
}

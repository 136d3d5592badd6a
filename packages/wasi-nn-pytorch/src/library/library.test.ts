import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BackendUnavailableError } from '@wasmedge-plugins/wasi-nn';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { compileShim } from './compile-shim.js';
import { describeLibraries } from './describe-libraries.js';
import { findLibtorch, type Libtorch } from './find-libtorch.js';
import { findShim } from './find-shim.js';
import { shimFile } from './shim-file.js';

const version =
  '#define TORCH_VERSION_MAJOR 2\n#define TORCH_VERSION_MINOR 6\n#define TORCH_VERSION_PATCH 1\n';
const libraryName = process.platform === 'darwin' ? 'libc10.dylib' : 'libc10.so';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wasi-nn-pytorch-'));
  vi.stubEnv('WASMEDGE_PLUGINS_LIBTORCH', '');
  vi.stubEnv('WASMEDGE_PLUGINS_LIBTORCH_SHIM', '');
  vi.stubEnv('XDG_CACHE_HOME', join(folder, 'cache'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** Files in the places that libtorch has them in, below a folder. */
function layOut(place: string, { libraries = 'lib', content = '' } = {}): string {
  mkdirSync(join(place, libraries), { recursive: true });
  mkdirSync(join(place, 'include/torch/csrc/api/include/torch'), { recursive: true });
  writeFileSync(join(place, libraries, libraryName), content);
  writeFileSync(join(place, 'include/torch/script.h'), '');
  writeFileSync(join(place, 'include/torch/csrc/api/include/torch/version.h'), version);
  return place;
}

function findIn(place: string): Libtorch {
  vi.stubEnv('WASMEDGE_PLUGINS_LIBTORCH', place);
  return findLibtorch();
}

/** A compiler that writes down how it was called. */
function recordingCompiler(): string {
  const compiler = join(folder, 'compiler');
  writeFileSync(
    compiler,
    `#!/bin/sh\nprintf '%s\\n' "$@" > ${folder}/arguments\nwhile [ "$1" != -o ]; do shift; done\ntouch "$2"\n`,
  );
  chmodSync(compiler, 0o755);
  return compiler;
}

describe('libtorch', () => {
  it.each(['lib', 'lib64'])('is found in %s of the folder that the variable names', (libraries) => {
    const place = layOut(folder, { libraries });
    expect(findIn(place)).toEqual({
      libraries: join(place, libraries),
      headers: join(place, 'include'),
      version: '2.6.1',
      core: join(place, libraries, libraryName),
    });
  });

  it('is found when the variable names the folder of the libraries itself', () => {
    layOut(folder);
    expect(findIn(join(folder, 'lib')).headers).toBe(join(folder, 'include'));
  });

  it('is found where the archive, CMake and pip say that it is', () => {
    const archive = layOut(join(folder, 'libtorch'));
    const python = layOut(join(folder, 'venv/lib/python3.11/site-packages/torch'));
    vi.stubEnv('LIBTORCH', archive);
    expect(findLibtorch().libraries).toBe(join(archive, 'lib'));
    vi.stubEnv('LIBTORCH', '');
    vi.stubEnv('Torch_DIR', join(archive, 'share/cmake/Torch'));
    expect(findLibtorch().libraries).toBe(join(archive, 'lib'));
    vi.stubEnv('Torch_DIR', '');
    vi.stubEnv('VIRTUAL_ENV', join(folder, 'venv'));
    expect(findLibtorch().libraries).toBe(join(python, 'lib'));
  });

  it('is found without headers, which only building needs', () => {
    layOut(folder);
    rmSync(join(folder, 'include'), { recursive: true });
    const libtorch = findIn(folder);
    expect(libtorch).toMatchObject({ headers: undefined, version: 'unknown' });
    expect(() => compileShim(libtorch)).toThrow(/headers .* not installed.*libtorch-dev/);
  });

  it('that is missing is an error with the places and the commands', () => {
    expect(() => findIn(folder)).toThrow(BackendUnavailableError);
    expect(() => findIn(folder)).toThrow(`searched:\n  ${folder}\n`);
    expect(() => findIn(folder)).toThrow(/libtorch-dev|brew install pytorch/);
    expect(() => findIn(folder)).toThrow(/WASMEDGE_PLUGINS_LIBTORCH.*npx wasi-nn-pytorch-build/);
  });
});

describe('what doctor shows', () => {
  it('is why there is no libtorch', () => {
    vi.stubEnv('WASMEDGE_PLUGINS_LIBTORCH', folder);
    const [libtorch, ...others] = describeLibraries();
    expect(libtorch?.problem).toMatch(/not found.*Install it/s);
    expect(others).toEqual([]);
  });

  it('is libtorch, and why there is no shim', () => {
    vi.stubEnv('WASMEDGE_PLUGINS_LIBTORCH', layOut(folder));
    const [libtorch, shim] = describeLibraries();
    expect(libtorch).toEqual({ name: 'libtorch', path: join(folder, 'lib'), version: '2.6.1' });
    expect(shim?.problem).toMatch(/npx wasi-nn-pytorch-build/);
  });
});

describe('the shim', () => {
  it('that was not built is an error that names libtorch and the command', () => {
    vi.stubEnv('WASMEDGE_PLUGINS_LIBTORCH', layOut(folder));
    expect(() => findShim()).toThrow(BackendUnavailableError);
    expect(() => findShim()).toThrow(/^libtorch 2\.6\.1 is in .*: npx wasi-nn-pytorch-build$/);
  });

  it('is the file that the variable names', () => {
    const file = join(folder, 'shim.so');
    vi.stubEnv('WASMEDGE_PLUGINS_LIBTORCH_SHIM', file);
    expect(() => findShim()).toThrow(`There is no file ${file}`);
    writeFileSync(file, '');
    expect(findShim()).toBe(file);
  });

  it('has another file for another libtorch', () => {
    const first = findIn(layOut(join(folder, 'a')));
    const second = findIn(layOut(join(folder, 'b')));
    expect(shimFile(first)).not.toBe(shimFile(second));
    const before = shimFile(first);
    expect(shimFile(first)).toBe(before);
    utimesSync(first.core, 1, 1);
    expect(shimFile(first)).not.toBe(before);
  });

  it('is built into the cache, and then found', () => {
    vi.stubEnv('CXX', recordingCompiler());
    const libtorch = findIn(layOut(folder));
    const file = compileShim(libtorch);
    expect(file.startsWith(join(folder, 'cache/wasmedge-plugins/torch-shim-2.6.1-'))).toBe(true);
    expect(findShim()).toBe(file);
    const given = readFileSync(join(folder, 'arguments'), 'utf8');
    expect(given).toContain(`-isystem\n${folder}/include\n`);
    expect(given).toContain(`-L${folder}/lib\n-Wl,-rpath,${folder}/lib\n`);
  });

  // The mangled name of the same constructor with the string of either ABI, as the Itanium C++ ABI has it.
  it.runIf(process.platform === 'linux').each([
    ['_ZN3c105ErrorC2ENS_14SourceLocationESs', 0],
    ['_ZN3c105ErrorC2ENS_14SourceLocationENSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEE', 1],
  ])('is built for the strings of a libtorch with %s', (symbol, abi) => {
    vi.stubEnv('CXX', recordingCompiler());
    compileShim(findIn(layOut(folder, { content: `\0${symbol}\0` })));
    expect(readFileSync(join(folder, 'arguments'), 'utf8')).toContain(`-D_GLIBCXX_USE_CXX11_ABI=${abi}\n`);
  });

  it('that cannot be built is an error with what the compiler says', () => {
    const compiler = join(folder, 'failing');
    writeFileSync(compiler, '#!/bin/sh\necho "no such header" >&2\nexit 1\n');
    chmodSync(compiler, 0o755);
    vi.stubEnv('CXX', compiler);
    const libtorch = findIn(layOut(folder));
    expect(() => compileShim(libtorch)).toThrow(
      /could not build the shim for libtorch 2\.6\.1:\nno such header/,
    );
    expect(existsSync(shimFile(libtorch))).toBe(false);
    vi.stubEnv('CXX', join(folder, 'none'));
    expect(() => compileShim(libtorch)).toThrow(/cannot be run: .*apt-get install g\+\+.*CXX/);
  });
});

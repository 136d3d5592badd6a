import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLockFile } from '../plugin-trust/lock-file.js';
import { inspectPluginFile } from './inspect-plugin-file.js';

// Small files whose numbers ask for much work: each is refused before it is done. The limits are those of the loaders, or far above real files.

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hostile-files-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, bytes: Uint8Array | string) => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};
const foreign = (name: string) =>
  readFileSync(fileURLToPath(new URL(`__fixtures__/foreign/${name}`, import.meta.url)));

/** A 64-bit ELF library with nothing but a dynamic section: pairs of tag and value, in which `text` has the strings. */
function elf(entries: readonly (readonly [tag: number, value: number])[], text: string): Buffer {
  const start = 64 + 2 * 56;
  const strings = start + (entries.length + 3) * 16;
  const file = Buffer.alloc(strings + Buffer.byteLength(text));
  file.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  file.writeUInt16LE(3, 16);
  file.writeUInt16LE(62, 18);
  file.writeBigUInt64LE(64n, 32);
  file.writeUInt16LE(56, 54);
  file.writeUInt16LE(2, 56);
  const segment = (at: number, type: number, offset: number, size: number) => {
    file.writeUInt32LE(type, at);
    file.writeBigUInt64LE(BigInt(offset), at + 8);
    file.writeBigUInt64LE(BigInt(offset), at + 16);
    file.writeBigUInt64LE(BigInt(size), at + 32);
  };
  segment(64, 1, 0, file.length);
  segment(64 + 56, 2, start, strings - start);
  const all = [[5, strings], [10, Buffer.byteLength(text)], ...entries] as const;
  all.forEach(([tag, value], index) => {
    file.writeBigUInt64LE(BigInt(tag), start + index * 16);
    file.writeBigUInt64LE(BigInt(value), start + index * 16 + 8);
  });
  file.write(text, strings);
  return file;
}

describe('a hostile file', () => {
  it('that needs sixty thousand libraries', () => {
    const names = `${'a'.repeat(60_000)}\0`;
    const needed = Array.from({ length: 60_000 }, (_, index) => [1, index] as const);
    expect(() => inspectPluginFile(write('needed.so', elf(needed, names)))).toThrow(
      expect.objectContaining({
        code: 'ERR_NATIVE_PLUGIN_INVALID',
        message: expect.stringMatching(/it names 60000 libraries/),
      }),
    );
  });

  it('that looks for a thousand libraries in a thousand folders', () => {
    // Names of 1 to 1024 letters, some of which are too long for a file, and a DT_RPATH with 1300 folders.
    const names = `${'/x:'.repeat(1300)}\0${'b'.repeat(1024)}\0`;
    const needed = Array.from({ length: 1024 }, (_, index) => [1, 3901 + index] as const);
    const path = write('folders.so', elf([[15, 0], ...needed], names));
    const before = process.cpuUsage();
    const { libraries = [] } = inspectPluginFile(path);
    const { user, system } = process.cpuUsage(before);
    expect(libraries.length).toBeLessThanOrEqual(512);
    // 1.3 million look-ups would be more than ten seconds; these are some 130 thousand.
    expect((user + system) / 1e6).toBeLessThan(5);
  });

  it('that has more sections than Windows loads', () => {
    const bytes = foreign('windows-x64.dll');
    bytes.writeUInt16LE(65_535, bytes.readUInt32LE(0x3c) + 6);
    expect(() => inspectPluginFile(write('sections.dll', bytes))).toThrow(
      expect.objectContaining({
        code: 'ERR_NATIVE_PLUGIN_INVALID',
        message: expect.stringMatching(/it has 65535 sections/),
      }),
    );
  });

  it('that has two tables of symbols, each to be read whole', () => {
    const bytes = foreign('macos-x86_64.dylib');
    // Another command becomes a second LC_SYMTAB of the same table: its size and fields are copied.
    const commands: number[] = [];
    for (let at = 32; commands.length < bytes.readUInt32LE(16); at += bytes.readUInt32LE(at + 4)) {
      commands.push(at);
    }
    const table = commands.find((at) => bytes.readUInt32LE(at) === 2) as number;
    const other = commands.find((at) => at > table && bytes.readUInt32LE(at + 4) >= 24) as number;
    const size = bytes.readUInt32LE(other + 4);
    bytes.copy(bytes, other, table, table + 24);
    bytes.writeUInt32LE(size, other + 4);
    expect(() => inspectPluginFile(write('tables.dylib', bytes))).toThrow(
      expect.objectContaining({
        code: 'ERR_NATIVE_PLUGIN_INVALID',
        message: expect.stringMatching(/two tables of symbols/),
      }),
    );
  });

  it('that is larger than memory', () => {
    const path = write('large.so', '');
    truncateSync(path, 2 ** 40);
    expect(() => inspectPluginFile(path)).toThrow(
      expect.objectContaining({
        code: 'ERR_NATIVE_PLUGIN_NOT_FOUND',
        message: expect.stringMatching(/more than the maximum of/),
      }),
    );
  });
});

describe('a hostile lock file', () => {
  it.each([
    ['larger than memory', () => write('large.json', ''), 2 ** 40, /more than the maximum of/],
    [
      'with a version that is a thousand levels deep and more',
      () => write('deep.json', `{"lockfileVersion":${'['.repeat(1e6)}${']'.repeat(1e6)}}`),
      undefined,
      /its lockfileVersion is an object|is not valid/,
    ],
    [
      'with a name that has a megabyte and escape sequences',
      () =>
        write(
          'name.json',
          JSON.stringify({ lockfileVersion: 1, plugins: { [`\u001b${'x'.repeat(1e6)}`]: 5 } }),
        ),
      undefined,
      /^[\x20-\x7e…]{1,800}$/,
    ],
  ])('%s', (_what, make, size, message) => {
    const path = make();
    if (size !== undefined) {
      truncateSync(path, size);
    }
    expect(() => readLockFile(path)).toThrow(
      expect.objectContaining({ code: 'ERR_PLUGIN_LOCK', message: expect.stringMatching(message) }),
    );
  });

  it.runIf(process.platform !== 'win32')('that is a pipe, from which nothing ever comes', () => {
    const path = join(folder, 'pipe.json');
    spawnSync('mkfifo', [path]);
    expect(() => readLockFile(path)).toThrow(
      expect.objectContaining({
        code: 'ERR_PLUGIN_LOCK',
        message: expect.stringMatching(/it is not a file/),
      }),
    );
  });
});

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBoundedFile, readBoundedFileLater } from './read-bounded-file.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bounded-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ways = [
  ['at once', async (...args: Parameters<typeof readBoundedFile>) => readBoundedFile(...args)],
  ['later', readBoundedFileLater],
] as const;

function namedPipe(name: string): string {
  const path = join(folder, name);
  execFileSync('mkfifo', [path]);
  return path;
}

describe.each(ways)('a file that is read %s', (way, read) => {
  it('is read whole, by path and URL', async () => {
    const path = join(folder, 'file');
    writeFileSync(path, 'abc');
    expect((await read(path, { maxBytes: 3 })).toString()).toBe('abc');
    expect((await read(pathToFileURL(path), { maxBytes: 3 })).toString()).toBe('abc');
  });

  it('is refused when it has more bytes than allowed', async () => {
    const path = join(folder, 'file');
    writeFileSync(path, 'abcd');
    await expect(read(path, { maxBytes: 3 })).rejects.toThrow('it has 4 bytes, more than the maximum of 3');
  });

  it('keeps the error of the system for what is not there, and for a folder', async () => {
    await expect(read(join(folder, 'none'), { maxBytes: 3 })).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(read(folder, { maxBytes: 3 })).rejects.toMatchObject({ code: 'EISDIR' });
  });

  it.skipIf(process.platform === 'win32')('of which nobody writes anything is not waited for', async () => {
    const path = namedPipe(`silent-${way}`);
    await expect(read(path, { maxBytes: 3, waitMs: 20 })).rejects.toThrow(
      'nothing was written to it for 20 ms',
    );
  });

  it.skipIf(process.platform === 'win32')('is regular, where only that is read', async () => {
    const bounds = { maxBytes: 3, onlyRegular: true };
    for (const path of [namedPipe(`refused-${way}`), '/dev/zero']) {
      const began = performance.now();
      await expect(read(path, bounds)).rejects.toThrow('it is a pipe or device, not a regular file');
      expect(performance.now() - began).toBeLessThan(5000);
    }
    await expect(read(folder, bounds)).rejects.toThrow('it is a folder, not a regular file');
    const path = join(folder, 'file');
    writeFileSync(path, 'abc');
    expect((await read(path, bounds)).toString()).toBe('abc');
  });

  it.skipIf(process.platform === 'win32')('without an end is read up to the bound', async () => {
    await expect(read('/dev/zero', { maxBytes: 200_000 })).rejects.toThrow('more than the 200000 bytes');
  });

  it.skipIf(process.platform === 'win32')('that begins otherwise is not read on', async () => {
    const bytes = await read('/dev/zero', { maxBytes: 2 ** 30, start: '\0asm' });
    expect(bytes.byteLength).toBeLessThanOrEqual(2 ** 16);
    expect(bytes[1]).toBe(0);
  });

  it.runIf(process.platform === 'linux')('without a size is read to its end', async () => {
    const path = '/proc/self/limits';
    expect((await read(path, { maxBytes: 2 ** 20 })).toString()).toBe(readFileSync(path, 'utf8'));
  });
});

it.skipIf(process.platform === 'win32')(
  'waits for one who writes to a named pipe, piece by piece',
  async () => {
    const path = namedPipe('written');
    const reading = readBoundedFileLater(path, { maxBytes: 2 ** 20, start: '\0asm' });
    const writer = await open(path, 'w');
    const rest = Buffer.alloc(100_000, 7);
    await writer.write('\0a');
    await writer.write('sm');
    await writer.writeFile(rest);
    await writer.close();
    expect((await reading).equals(Buffer.concat([Buffer.from('\0asm'), rest]))).toBe(true);
  },
);

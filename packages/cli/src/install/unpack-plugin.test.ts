import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ArchiveError } from '../errors.js';
import { type TarEntry, tarball } from './__fixtures__/tarball.js';
import { unpackPlugin } from './unpack-plugin.js';

const wanted = 'libwanted.so';
const honest: TarEntry = { path: wanted, content: 'the plug-in' };

describe('unpacking', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cli-unpack-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function unpack(archive: Uint8Array): Promise<string> {
    const [file, target] = [join(folder, 'archive'), join(folder, 'target')];
    writeFileSync(file, archive);
    await unpackPlugin(file, 'the archive', wanted, target);
    return readFileSync(target, 'utf8');
  }

  it.each<[string, readonly TarEntry[]]>([
    ['alone', [honest]],
    [
      'in a folder',
      [
        { path: 'lib64/', type: '5' },
        { ...honest, path: `lib64/wasmedge/${wanted}` },
      ],
    ],
    [
      'beside links that stay inside',
      [{ path: 'a/b', type: '2', linkpath: '../c' }, { path: 'd', type: '1', linkpath: 'a/c' }, honest],
    ],
    ['behind ./', [{ ...honest, path: `./${wanted}` }]],
    ['beside an empty file', [{ path: 'empty' }, honest]],
  ])('takes the plug-in, and nothing else: %s', async (_name, entries) => {
    expect(await unpack(tarball(entries))).toBe('the plug-in');
    expect(readdirSync(folder).sort()).toEqual(['archive', 'target']);
  });

  it.each<[string, TarEntry]>([
    ['an absolute path', { path: '/tmp/out.so' }],
    ['an absolute path of the plug-in', { ...honest, path: `/tmp/${wanted}` }],
    ['a drive letter', { path: 'C:\\out.so' }],
    ['a path on a drive', { path: 'C:out.so' }],
    ['a path of a server', { path: '\\\\server\\share\\out.so' }],
    ['a path that goes up', { path: '../out.so' }],
    ['a path that goes down and up', { path: 'a/../../out.so' }],
    ['a path that ends above', { path: 'a/..', type: '5' }],
    ['backslashes that go up', { path: 'a\\..\\..\\out.so' }],
    ['a symbolic link out', { path: 'link', type: '2', linkpath: '../../etc' }],
    ['a symbolic link out of a folder', { path: 'a/link', type: '2', linkpath: '../../etc' }],
    ['an absolute symbolic link', { path: 'link', type: '2', linkpath: '/etc' }],
    ['a symbolic link to a drive', { path: 'link', type: '2', linkpath: 'C:\\etc' }],
    ['a hard link out', { path: 'link', type: '1', linkpath: '/etc/passwd' }],
    ['a hard link up', { path: 'a/b/link', type: '1', linkpath: '../etc/passwd' }],
    ['a character device', { path: 'null', type: '3' }],
    ['a named pipe', { path: 'pipe', type: '6' }],
  ])('refuses the whole archive for %s, before or after the plug-in', async (_name, entry) => {
    for (const entries of [
      [entry, honest],
      [honest, entry],
    ]) {
      await expect(unpack(tarball(entries))).rejects.toThrow(ArchiveError);
      expect(existsSync(join(folder, 'target'))).toBe(false);
    }
  });

  it('refuses a link in place of the plug-in', async () => {
    const link: TarEntry = { path: wanted, type: '2', linkpath: 'other' };
    await expect(unpack(tarball([link, { path: 'other', content: 'x' }]))).rejects.toThrow(
      /has no libwanted\.so/,
    );
  });

  it('refuses an archive that ends at any place', async () => {
    const whole = tarball([{ path: 'first', content: 'x'.repeat(5000) }, honest]);
    for (const length of [0, 1, 10, 100, whole.length - 9, whole.length - 1]) {
      await expect(unpack(whole.subarray(0, length)), `${length} bytes`).rejects.toThrow(ArchiveError);
      expect(existsSync(join(folder, 'target'))).toBe(false);
    }
  });

  it('refuses an entry whose checksum is wrong', async () => {
    const { gunzipSync, gzipSync } = await import('node:zlib');
    const bytes = gunzipSync(tarball([honest]));
    bytes.write('0000001', 100);
    await expect(unpack(gzipSync(bytes))).rejects.toThrow(ArchiveError);
  });

  it('does not touch a file that is in the way', async () => {
    writeFileSync(join(folder, 'target'), 'mine');
    await expect(unpack(tarball([honest]))).rejects.toThrow(/EEXIST/);
    expect(readFileSync(join(folder, 'target'), 'utf8')).toBe('mine');
  });
});

import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { SecretsFileError } from '../../errors.js';
import { FakeGuest } from '../__fixtures__/fake-guest.js';
import { SecretsFile } from './secrets-file.js';

// What other processes and users do to the file.
const folder = mkdtempSync(join(tmpdir(), 'wasi-crypto-others-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A folder of its own with the path of a file in it. */
function newPlace() {
  const own = mkdtempSync(join(folder, 'place-'));
  const path = join(own, 'keys.bin');
  return { own, path, lock: `${path}.wasi-crypto.lock`, key: randomBytes(32) };
}

function guestOn(path: string, key: Uint8Array) {
  const lines: string[] = [];
  const storage = new SecretsFile({ path, key }, (level, message) => lines.push(`${level}: ${message}`));
  const guest = new FakeGuest({ maxHandles: 2000, maxStoredBytes: 1_000_000 }, storage);
  const manager = guest.get('secrets_manager_open', guest.optional(undefined));
  const store = () => {
    const handle = guest.get('symmetric_key_import', 'HMAC/SHA-256', 'bytes');
    return guest.call('symmetric_key_store_managed', manager, handle, guest.room(16), 16);
  };
  return { guest, lines, store };
}

/** How many keys the file has. */
function count(path: string, key: Uint8Array): number {
  return new SecretsFile({ path, key }, () => {}).load().size;
}

function lockText(pid: number): string {
  let namespace = '';
  try {
    namespace = readlinkSync('/proc/self/ns/pid');
  } catch {}
  return `${hostname()}/${namespace} ${pid} ${'ab'.repeat(8)}`;
}

const isWindows = process.platform === 'win32';

describe.skipIf(isWindows)('another process that stores', () => {
  it('is waited for, and what it stored is not undone', () => {
    const { path, lock, key } = newPlace();
    expect(guestOn(path, key).store()).toBe('success');
    copyFileSync(path, `${path}.before`);
    expect(guestOn(path, key).store()).toBe('success');
    renameSync(path, `${path}.after`);
    copyFileSync(`${path}.before`, path);
    const { store, lines } = guestOn(path, key);
    writeFileSync(lock, lockText(process.ppid));
    // The other has looked at the file, is about to replace it, and lets go of the lock then.
    spawn('sh', ['-c', `sleep 0.2; mv "${path}.after" "${path}"; rm "${lock}"`]);
    expect(store()).toBe('algorithm_failure');
    expect(lines).toEqual([expect.stringMatching(/was changed by another program or runtime/)]);
    expect(count(path, key)).toBe(2);
    expect(existsSync(lock)).toBe(false);
  });

  it('is waited for, and its keys are not a hindrance when it changed nothing', () => {
    const { path, lock, key } = newPlace();
    const { store, lines } = guestOn(path, key);
    writeFileSync(lock, lockText(process.ppid));
    spawn('sh', ['-c', `sleep 0.2; rm "${lock}"`]);
    expect(store()).toBe('success');
    expect(lines).toEqual([]);
    expect(count(path, key)).toBe(1);
  });

  it('and was ended meanwhile is not waited for', () => {
    const { own, path, lock, key } = newPlace();
    const { store } = guestOn(path, key);
    const { pid } = spawnSync('true');
    const old = new Date(Date.now() - 60_000);
    const leftBehind: (() => void)[] = [
      () => writeFileSync(lock, lockText(pid)),
      // It was ended before it wrote who it is.
      () => {
        writeFileSync(lock, '');
        utimesSync(lock, old, old);
      },
      // A worker of this process, which was ended.
      () => {
        writeFileSync(lock, lockText(process.pid));
        utimesSync(lock, old, old);
      },
      () => writeFileSync(`${path}.wasi-crypto.tmp`, 'half of a file'),
      () => symlinkSync(join(own, 'elsewhere'), `${path}.wasi-crypto.tmp`),
    ];
    for (const [index, leave] of leftBehind.entries()) {
      leave();
      expect([index, store()]).toEqual([index, 'success']);
      expect(readdirSync(own)).toEqual(['keys.bin']);
      expect(count(path, key)).toBe(index + 1);
    }
  });

  it('and holds the lock for too long is named', () => {
    const { path, lock, key } = newPlace();
    for (const text of [lockText(process.ppid), `another-machine/ ${2 ** 30} ${'cd'.repeat(8)}`]) {
      const { store, lines } = guestOn(path, key);
      writeFileSync(lock, text);
      expect(store()).toBe('algorithm_failure');
      expect(lines).toEqual([
        expect.stringMatching(/Another program holds the lock .*keys\.bin\.wasi-crypto\.lock/),
      ]);
      expect(readFileSync(lock, 'utf8')).toBe(text);
    }
    expect(existsSync(path)).toBe(false);
    rmSync(lock);
    expect(guestOn(path, key).store()).toBe('success');
  }, 20_000);
});

describe.skipIf(isWindows)('a symbolic link in place of the file', () => {
  it('is followed, and stays', () => {
    const { own, path, key } = newPlace();
    mkdirSync(join(own, 'real'));
    const real = join(own, 'real', 'keys.bin');
    expect(guestOn(real, key).store()).toBe('success');
    symlinkSync(real, path);
    const { store } = guestOn(path, key);
    expect([store(), store()]).toEqual(['success', 'success']);
    expect(lstatSync(path).isSymbolicLink()).toBe(true);
    expect(count(real, key)).toBe(3);
    expect(readdirSync(join(own, 'real'))).toEqual(['keys.bin']);
  });

  it('is refused when it leads nowhere', () => {
    const { own, path, key } = newPlace();
    symlinkSync(join(own, 'nowhere'), path);
    expect(() => guestOn(path, key)).toThrow(SecretsFileError);
    expect(() => guestOn(path, key)).toThrow(/dangling symbolic link; remove it/);
    expect(readdirSync(own)).toEqual(['keys.bin']);
  });

  it('is not followed when it was put there later', () => {
    const { own, path, key } = newPlace();
    const { store, lines } = guestOn(path, key);
    expect(store()).toBe('success');
    renameSync(path, join(own, 'moved'));
    symlinkSync(join(own, 'moved'), path);
    expect([store(), store()]).toEqual(['algorithm_failure', 'algorithm_failure']);
    // Told once, however often the guest tries.
    expect(lines).toEqual([expect.stringMatching(/cannot be read \((ELOOP|EMLINK|EFTYPE)\)/)]);
    expect(count(join(own, 'moved'), key)).toBe(1);
  });
});

describe.skipIf(isWindows)('a file that others may write', () => {
  it.each([
    [0o600, 0o700, []],
    [0o644, 0o755, []],
    [0o660, 0o700, [/can be written by others \(mode 660/]],
    [0o602, 0o700, [/can be written by others \(mode 602/]],
    [0o600, 0o770, [/is in a folder that others can write to \(mode 770\)/]],
    // Only its owner replaces a file in a sticky folder, such as /tmp.
    [0o600, 0o1777, []],
  ])('of mode %o in a folder of mode %o is warned of', (mode, folderMode, expected) => {
    const { own, path, key } = newPlace();
    expect(guestOn(path, key).store()).toBe('success');
    chmodSync(path, mode);
    chmodSync(own, folderMode);
    const { lines } = guestOn(path, key);
    expect(lines).toEqual(expected.map((pattern) => expect.stringMatching(pattern)));
    expect(lines.every((line) => line.startsWith('warn: The file of managed keys '))).toBe(true);
  });

  it('is not a pipe that is waited for', () => {
    const { path, key } = newPlace();
    spawnSync('mkfifo', [path]);
    expect(() => guestOn(path, key)).toThrow(/is not a file of managed keys/);
  });
});

import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../wasi/__fixtures__/temporary-folder.js';
import { cacheFolder } from './__fixtures__/cache-folder.js';
import { type CodeTarget, sha256Of } from './code-key.js';

// Any file stands for the library: only its version, size and time of change count.
const library = { path: process.execPath, version: '0.14.1' };
const target: CodeTarget = { library, form: 'plain', level: 2, portable: false };
const guest = sha256Of(Buffer.from('a guest'));
const code = Buffer.from('native code of the guest');

const isRoot = process.geteuid?.() === 0;
const isPosix = process.platform !== 'win32';

function only(folder: string): string {
  const [name, ...others] = readdirSync(folder);
  expect(others).toEqual([]);
  return join(folder, name as string);
}

describe('the cache', () => {
  it('gives what was kept, for the same guest and target only', () => {
    const { cache, open, logged } = cacheFolder();
    expect(cache.find(guest, target)).toBeUndefined();
    cache.store(guest, target, 'a.wasm', code);
    // Another process sees it too.
    expect(open().find(guest, target)).toEqual({ bytes: code, form: 'plain', level: 2 });
    const others: Partial<CodeTarget>[] = [
      { form: 'metered' },
      { form: 'interruptible' },
      { level: 3 },
      { portable: true },
      { library: { ...library, version: '0.14.2' } },
      { library: { ...library, path: import.meta.filename } },
    ];
    for (const other of others) expect(cache.find(guest, { ...target, ...other })).toBeUndefined();
    expect(cache.find(sha256Of(Buffer.from('another')), target)).toBeUndefined();
    expect(logged).toEqual([]);
  });

  it.runIf(isPosix)('makes its folders and files for the user alone', () => {
    const { cache, places } = cacheFolder();
    cache.store(guest, target, 'a.wasm', code);
    for (const folder of [places.root, places.code, places.locks, places.state, places.seals]) {
      expect(statSync(folder).mode & 0o777, folder).toBe(0o700);
      for (const name of readdirSync(folder)) {
        expect(statSync(join(folder, name)).mode & 0o077, name).toBe(0);
      }
    }
  });

  it('tells what is in it, and is emptied', () => {
    const { cache, places } = cacheFolder();
    expect(cache.list()).toEqual([]);
    cache.store(guest, target, 'a\x1b.wasm', code);
    expect(cache.list()).toMatchObject([
      {
        guest: 'a\\x1b.wasm',
        guestSha256: guest,
        bytes: code.length,
        form: 'plain',
        level: 2,
        library: '0.14.1',
      },
    ]);
    writeFileSync(join(places.code, 'not-ours.txt'), 'kept');
    cache.clear();
    expect(cache.list()).toEqual([]);
    expect(cache.find(guest, target)).toBeUndefined();
    expect(readdirSync(places.code)).toEqual(['not-ours.txt']);
  });
});

describe('code that is not what was compiled', () => {
  function stored() {
    const all = cacheFolder();
    all.cache.store(guest, target, 'a.wasm', code);
    const { cache, places, logged } = all;
    const file = only(places.code);
    const seal = only(places.seals);
    const expectRefused = (text: string | RegExp) => {
      // A load looks several times, and logs it once.
      for (let look = 0; look < 3; look++) expect(cache.find(guest, target)).toBeUndefined();
      expect(logged).toEqual([expect.stringMatching(text)]);
      // It is compiled again, which mends it.
      cache.store(guest, target, 'a.wasm', code);
      expect(cache.find(guest, target)?.bytes).toEqual(code);
      expect(logged).toHaveLength(1);
    };
    return { ...all, file, seal, expectRefused };
  }

  it('is refused when the file was forged, to the same length too', () => {
    const { file, expectRefused } = stored();
    writeFileSync(file, Buffer.from('native code of a traitor!').subarray(0, code.length));
    expectRefused('is not what was compiled');
  });

  it('is refused when the file was truncated', () => {
    const { file, expectRefused } = stored();
    truncateSync(file, 5);
    expectRefused('is not what was compiled');
  });

  it('is refused when something was added to the file', () => {
    const { file, expectRefused } = stored();
    appendFileSync(file, 'more');
    expectRefused('is not what was compiled');
  });

  it.runIf(isPosix)('is refused when the file is a link, wherever it leads', () => {
    const { folder, file, expectRefused } = stored();
    renameSync(file, join(folder, 'elsewhere'));
    symlinkSync(join(folder, 'elsewhere'), file);
    expectRefused('is not what was compiled');
  });

  it.runIf(isPosix)('is refused when others may write to the file', () => {
    const { file, expectRefused } = stored();
    chmodSync(file, 0o666);
    expectRefused('not private to the user');
  });

  it.runIf(isPosix)('is refused when the file is a pipe, without waiting for a writer', () => {
    const { file, expectRefused } = stored();
    rmSync(file);
    expect(spawnSync('mkfifo', [file]).status).toBe(0);
    expectRefused('is not what was compiled');
  });

  it.runIf(isRoot)("is refused when the file is another user's", () => {
    const { file, expectRefused } = stored();
    chownSync(file, 12345, 12345);
    expectRefused('not private to the user');
  });

  it('is refused when its seal was written by one who has not the secret', () => {
    const { places, seal, expectRefused } = stored();
    const forged = Buffer.from('forged native code');
    writeFileSync(join(places.code, sha256Of(forged)), forged, { mode: 0o600 });
    const [facts = '', tag] = readFileSync(seal, 'utf8').split('\n');
    const changed = { ...JSON.parse(facts), sha256: sha256Of(forged), bytes: forged.length };
    writeFileSync(seal, `${JSON.stringify(changed)}\n${tag}\n`);
    expectRefused('was not written by this user');
  });

  it('is refused when the seal of another guest was put into its place', () => {
    const { cache, places, seal, expectRefused } = stored();
    const other = sha256Of(Buffer.from('another guest'));
    cache.store(other, target, 'b.wasm', Buffer.from('other native code'));
    const otherSeal = readdirSync(places.seals).find((name) => name !== basename(seal)) as string;
    writeFileSync(seal, readFileSync(join(places.seals, otherSeal)));
    expectRefused('was not written by this user');
  });

  it.each(['', '\n', 'null\n00\n', '{'.repeat(4000)])(
    'is refused when its seal is garbage: %j',
    (garbage) => {
      const { seal, expectRefused } = stored();
      writeFileSync(seal, garbage);
      expectRefused('was not written by this user');
    },
  );

  it('is not found when its seal is too long, or a folder', () => {
    const { cache, seal } = stored();
    writeFileSync(seal, 'x'.repeat(1e6));
    expect(cache.find(guest, target)).toBeUndefined();
    rmSync(seal);
    mkdirSync(seal);
    expect(cache.find(guest, target)).toBeUndefined();
  });

  it('is not found when the secret is gone, cut, or another one', () => {
    for (const change of [
      (secret: string) => rmSync(secret),
      (secret: string) => truncateSync(secret, 16),
      (secret: string) => writeFileSync(secret, Buffer.alloc(32)),
    ]) {
      const { cache, places } = stored();
      change(join(places.state, 'secret'));
      expect(cache.find(guest, target)).toBeUndefined();
      cache.store(guest, target, 'a.wasm', code);
      expect(cache.find(guest, target)?.bytes).toEqual(code);
      expect(statSync(join(places.state, 'secret')).size).toBe(32);
    }
  });

  it.runIf(isPosix)('is not believed with a secret that others can read: there is a new one then', () => {
    const { cache, places } = stored();
    const secret = join(places.state, 'secret');
    const before = readFileSync(secret);
    chmodSync(secret, 0o644);
    expect(cache.find(guest, target)).toBeUndefined();
    cache.store(guest, target, 'a.wasm', code);
    expect(readFileSync(secret)).not.toEqual(before);
    expect(cache.find(guest, target)?.bytes).toEqual(code);
  });

  it('stays what was checked, whatever happens to the file after that', () => {
    const { cache, file } = stored();
    const found = cache.find(guest, target);
    writeFileSync(file, 'another file');
    rmSync(file);
    expect(Buffer.from(found?.bytes ?? []).toString()).toBe(code.toString());
  });
});

describe.runIf(isPosix)('a folder that others may write to', () => {
  type Cache = ReturnType<typeof cacheFolder>['cache'];
  const uses: Record<string, (cache: Cache) => unknown> = {
    find: (cache) => cache.find(guest, target),
    store: (cache) => cache.store(guest, target, 'a.wasm', code),
    list: (cache) => cache.list(),
    clear: (cache) => cache.clear(),
  };
  const parts = {
    'the cache': ({ places }: ReturnType<typeof cacheFolder>) => places.root,
    'the code': ({ places }: ReturnType<typeof cacheFolder>) => places.code,
    'the seals': ({ places }: ReturnType<typeof cacheFolder>) => places.seals,
    'the state': ({ places }: ReturnType<typeof cacheFolder>) => places.state,
    'one above both': ({ folder }: ReturnType<typeof cacheFolder>) => folder,
  };

  for (const [use, call] of Object.entries(uses)) {
    for (const [part, folderOf] of Object.entries(parts)) {
      it(`is refused by ${use}: ${part}`, () => {
        const all = cacheFolder();
        all.cache.store(guest, target, 'a.wasm', code);
        const path = folderOf(all);
        for (const mode of [0o770, 0o707, 0o1777]) {
          // In a sticky folder others cannot replace what is ours, so one above may be so.
          if (mode === 0o1777 && part === 'one above both') continue;
          chmodSync(path, mode);
          expect(() => call(all.cache), mode.toString(8)).toThrow(
            expect.objectContaining({
              code: 'ERR_AOT_CACHE',
              path,
              message: expect.stringContaining('chmod'),
            }),
          );
        }
        chmodSync(path, 0o700);
        call(all.cache);
      });

      it.runIf(isRoot)(`is refused by ${use} when it is another user's: ${part}`, () => {
        const all = cacheFolder();
        all.cache.store(guest, target, 'a.wasm', code);
        const path = folderOf(all);
        chownSync(path, 12345, 12345);
        expect(() => call(all.cache)).toThrow(
          expect.objectContaining({ code: 'ERR_AOT_CACHE', message: expect.stringContaining('12345') }),
        );
        chownSync(path, 0, 0);
      });
    }
  }

  it('is refused before anything is made in it', () => {
    const { cache, directory } = cacheFolder();
    chmodSync(dirname(directory), 0o777);
    expect(() => cache.store(guest, target, 'a.wasm', code)).toThrow(
      expect.objectContaining({ code: 'ERR_AOT_CACHE' }),
    );
    expect(existsSync(directory)).toBe(false);
  });

  it('is refused when the way leads through it by a link', () => {
    const { folder, open } = cacheFolder();
    const real = join(folder, 'real');
    const open777 = join(folder, 'open');
    mkdirSync(real, { mode: 0o700 });
    mkdirSync(open777);
    chmodSync(open777, 0o777);
    symlinkSync(real, join(open777, 'link'));
    const cache = open({ directory: join(open777, 'link', 'cache') });
    expect(() => cache.store(guest, target, 'a.wasm', code)).toThrow(
      expect.objectContaining({ code: 'ERR_AOT_CACHE', path: open777 }),
    );
  });
});

describe('the bounds', () => {
  const guests = Array.from({ length: 5 }, (_, index) => sha256Of(Buffer.from(`guest ${index}`)));
  const codes = guests.map((_, index) => Buffer.alloc(1000, index));

  function fill(options: { maxBytes?: number; maxEntries?: number }) {
    const all = cacheFolder(options);
    const keep = (index: number) => {
      const { cache, places } = all;
      const before = new Set(existsSync(places.seals) ? readdirSync(places.seals) : []);
      cache.store(guests[index] as string, target, `${index}.wasm`, codes[index] as Buffer);
      // Each was used a minute after the one before it.
      const made = readdirSync(places.seals).find((name) => !before.has(name)) as string;
      const time = new Date(Date.now() - 3_600_000 + index * 60_000);
      utimesSync(join(places.seals, made), time, time);
    };
    const found = () => guests.map((each) => all.cache.find(each, target) !== undefined);
    return { ...all, keep, found };
  }

  it('hold for entries: what was not used for longest goes first', () => {
    const { cache, keep, places } = fill({ maxEntries: 3 });
    for (const index of [0, 1, 2]) keep(index);
    // It is the latest used now.
    expect(cache.find(guests[0] as string, target)).toBeDefined();
    keep(3);
    expect(cache.list().map((entry) => entry.guest)).toEqual(['0.wasm', '3.wasm', '2.wasm']);
    expect(readdirSync(places.code)).toHaveLength(3);
  });

  it('hold for bytes', () => {
    const { keep, found, places } = fill({ maxBytes: 2500 });
    for (const index of [0, 1, 2, 3]) keep(index);
    expect(found()).toEqual([false, false, true, true, false]);
    expect(readdirSync(places.code)).toHaveLength(2);
  });

  it('leave the one that has just been made, however large', () => {
    const { keep, found } = fill({ maxBytes: 10 });
    keep(0);
    keep(1);
    expect(found()).toEqual([false, true, false, false, false]);
  });

  it('leave the one that has just been made, whatever the times of files say', () => {
    const { keep, places, found } = fill({ maxEntries: 1 });
    keep(0);
    const soon = new Date(Date.now() + 60_000);
    for (const name of readdirSync(places.seals)) utimesSync(join(places.seals, name), soon, soon);
    keep(1);
    expect(found()).toEqual([false, true, false, false, false]);
  });

  it('do not tear away what somebody has found', () => {
    const { cache, keep } = fill({ maxEntries: 1 });
    keep(0);
    const before = cache.find(guests[0] as string, target);
    keep(1);
    expect(before?.bytes).toEqual(codes[0]);
  });

  it('count code once that two guests have', () => {
    const { cache, places } = cacheFolder({ maxBytes: 1500 });
    for (const each of guests) cache.store(each, target, 'same.wasm', codes[0] as Buffer);
    expect(readdirSync(places.code)).toHaveLength(1);
    expect(cache.list()).toHaveLength(5);
  });

  it('take away, when it is old, what a killed process left', () => {
    const { keep, places } = fill({});
    keep(0);
    const hour = new Date(Date.now() - 2 * 3_600_000);
    const left = ['a', 'b'].map((letter) => join(places.code, letter.repeat(64)));
    const begun = join(places.code, `${'c'.repeat(64)}.01234567-0123-0123-0123-0123456789ab`);
    for (const path of [...left, begun]) writeFileSync(path, 'left');
    for (const path of [left[0] as string, begun]) utimesSync(path, hour, hour);
    keep(1);
    expect([...left, begun].map(existsSync)).toEqual([false, true, false]);
  });
});

describe('a disk that takes nothing', () => {
  /** A small file system of its own in a folder. */
  function mounted(folder: string, options: string): boolean {
    mkdirSync(folder, { mode: 0o700, recursive: true });
    const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `mode=0700,${options}`, 'tmpfs', folder]);
    if (status === 0) onTestFinished(() => void spawnSync('umount', [folder]));
    return status === 0;
  }

  it('is told once, and nothing is left of the attempt: a folder in place of which there is a file', () => {
    const { folder, open, logged } = cacheFolder();
    writeFileSync(join(folder, 'file'), '');
    for (let time = 0; time < 2; time++) {
      const cache = open({ directory: join(folder, 'file', 'cache') });
      cache.store(guest, target, 'a.wasm', code);
      expect(cache.find(guest, target)).toBeUndefined();
      expect(cache.whyNotKept()).toMatch(/ENOTDIR/);
    }
    expect(logged).toEqual([
      expect.stringMatching(/^warn: Compiled code cannot be stored in .*file\/cache: /),
    ]);
    const usable = open();
    expect(usable.whyNotKept()).toBeUndefined();
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it('a full one', (context) => {
    const { cache, directory, places, logged } = cacheFolder();
    if (!mounted(directory, 'size=64k')) return context.skip('file systems cannot be mounted here');
    cache.store(guest, target, 'a.wasm', code);
    const large = sha256Of(Buffer.from('large'));
    cache.store(large, target, 'large.wasm', Buffer.alloc(200_000));
    expect(logged).toEqual([expect.stringMatching(/cannot be stored in .*ENOSPC/)]);
    expect(cache.find(large, target)).toBeUndefined();
    expect(cache.find(guest, target)?.bytes).toEqual(code);
    expect(readdirSync(places.code)).toHaveLength(1);
  });

  it('one that can only be read: what is there is used', (context) => {
    const { cache, directory, logged } = cacheFolder();
    if (!mounted(directory, 'size=64k')) return context.skip('file systems cannot be mounted here');
    cache.store(guest, target, 'a.wasm', code);
    expect(spawnSync('mount', ['-o', 'remount,ro', directory]).status).toBe(0);
    const other = sha256Of(Buffer.from('other'));
    cache.store(other, target, 'b.wasm', code);
    cache.store(other, target, 'b.wasm', code);
    expect(logged).toEqual([expect.stringMatching(/cannot be stored in .*EROFS/)]);
    expect(cache.whyNotKept()).toMatch(/EROFS/);
    expect(cache.find(guest, target)?.bytes).toEqual(code);
  });
});

it('is where XDG_CACHE_HOME says, or the variable of its own, or the option', () => {
  const folder = temporaryFolder();
  const { open } = cacheFolder();
  const names = ['XDG_CACHE_HOME', 'WASMEDGE_PLUGINS_AOT_CACHE'] as const;
  const before = names.map((name) => process.env[name]);
  onTestFinished(() => {
    names.forEach((name, index) => {
      if (before[index] === undefined) delete process.env[name];
      else process.env[name] = before[index];
    });
  });
  delete process.env.WASMEDGE_PLUGINS_AOT_CACHE;
  process.env.XDG_CACHE_HOME = folder;
  expect(open({ directory: undefined }).directory).toBe(join(folder, 'wasmedge-plugins', 'aot'));
  process.env.WASMEDGE_PLUGINS_AOT_CACHE = join(folder, 'own');
  expect(open({ directory: undefined }).directory).toBe(join(folder, 'own'));
  expect(open({ directory: join(folder, 'named') }).directory).toBe(join(folder, 'named'));
});

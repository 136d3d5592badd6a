import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test, vi } from 'vitest';
import { guestWithFolder } from './__fixtures__/guest-with-folder.js';
import { BADF, NOSPC, NOTCAPABLE, O_CREAT } from './__fixtures__/preview1.js';
import { temporaryFolder } from './__fixtures__/temporary-folder.js';
import { resultAt, WasiGuest } from './__fixtures__/wasi-guest.js';
import { createWasi } from './create-wasi.js';
import { ByteSink } from './descriptors/byte-sink.js';
import type { WasiOptions } from './wasi-options.js';

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

describe('standard streams', () => {
  test.each(['some text', new TextEncoder().encode('some text')])(
    'input from %o is read to its end',
    (stdin) => {
      using guest = new WasiGuest({ stdin });
      expect(guest.read(0, 4)).toBe('some');
      expect(guest.read(0)).toBe(' text');
      expect(guest.read(0)).toBe('');
      guest.wasi.begin('again');
      expect(guest.read(0)).toBe('some text');
    },
  );

  test('ignored input is at its end, ignored output is taken', () => {
    using guest = new WasiGuest({ stdin: 'ignore', stdout: 'ignore', stderr: 'ignore' });
    expect(guest.read(0)).toBe('');
    expect(guest.write(1, 'lost')).toBe(0);
    expect(guest.result).toBe(4);
    expect(guest.wasi.stdout).toHaveLength(0);
  });

  test('captured output is kept apart, and emptied by the next program', () => {
    using guest = new WasiGuest({ stdout: 'capture', stderr: 'capture' });
    guest.write(1, 'out');
    guest.write(2, 'err');
    guest.write(1, '!');
    expect([text(guest.wasi.stdout), text(guest.wasi.stderr)]).toEqual(['out!', 'err']);
    guest.wasi.during('next', undefined, () => {
      expect([text(guest.wasi.stdout), text(guest.wasi.stderr)]).toEqual(['', '']);
      guest.write(1, 'new');
    });
    guest.wasi[Symbol.dispose]();
    expect(text(guest.wasi.stdout)).toBe('new');
  });

  test('captured output is a copy', () => {
    using guest = new WasiGuest({ stdout: 'capture' });
    guest.write(1, 'a');
    guest.wasi.stdout.fill(0);
    expect(text(guest.wasi.stdout)).toBe('a');
  });

  test('each stream has its direction (rights::fd_read and fd_write)', () => {
    using guest = new WasiGuest({ stdin: 'x', stdout: 'capture' });
    expect(guest.read(1)).toBe(BADF);
    expect(guest.write(0, 'x')).toBe(BADF);
    expect(guest.call('fd_fdstat_set_rights', 0, 0n, 0n)).toBe(0);
    expect(guest.read(0)).toBe(NOTCAPABLE);
  });

  test('they can be closed and replaced without touching those of the host', () => {
    const { guest } = guestWithFolder();
    using _guest = guest;
    expect(guest.call('fd_close', 1)).toBe(0);
    expect(guest.write(1, 'x')).toBe(BADF);
    expect(guest.open('log', { flags: O_CREAT })).toBe(1);
    expect(guest.write(1, 'into the file')).toBe(0);
    expect([0, 1, 2].every((fd) => openDescriptors().includes(String(fd)))).toBe(true);
    guest.wasi.begin('next');
    expect(guest.write(1, 'captured')).toBe(0);
    expect(text(guest.wasi.stdout)).toBe('captured');
  });

  test('streams in memory are not a terminal: filetype unknown (0), neither seek nor tell', () => {
    using guest = new WasiGuest({ stdin: 'x', stdout: 'capture' });
    for (const fd of [0, 1]) {
      expect(guest.call('fd_fdstat_get', fd, resultAt)).toBe(0);
      expect(guest.memory.readU8(resultAt)).toBe(0);
      expect(guest.memory.readU64(resultAt + 8) & 36n).toBe(0n);
      expect(guest.call('fd_filestat_get', fd, 512)).toBe(0);
    }
  });

  test('what is captured is bounded', () => {
    const sink = new ByteSink(10);
    expect(sink.write(Buffer.from('12345678'))).toBe(8);
    expect(sink.write(Buffer.from('abcd'))).toBe(2);
    expect(text(sink.bytes())).toBe('12345678ab');
    expect(() => sink.write(Buffer.from('x'))).toThrow(expect.objectContaining({ errno: NOSPC }));
    expect(sink.write(Buffer.from(''))).toBe(0);
  });

  test('many small writes are kept in order', () => {
    using guest = new WasiGuest({ stdout: 'capture' });
    for (let index = 0; index < 5000; index += 1) guest.write(1, `${index},`);
    expect(text(guest.wasi.stdout)).toBe(Array.from({ length: 5000 }, (_, index) => `${index},`).join(''));
  });
});

function openDescriptors(): string[] {
  return readdirSync('/proc/self/fd');
}

describe.runIf(process.platform === 'linux')('descriptors of the host', () => {
  test('none is left by 200 programs with preopens and open files', () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'file'), '');
    const before = openDescriptors().length;
    for (let index = 0; index < 200; index += 1) {
      using guest = new WasiGuest({ preopens: { '/a': folder, '/b': folder }, stdout: 'capture' });
      expect(guest.open('file')).toBe(5);
      expect(guest.open('file', { dir: 4 })).toBe(6);
      guest.call('fd_readdir', 3, 512, 100, 0n, resultAt);
      guest.call('fd_renumber', 6, 5);
      guest.call('fd_sync', 3);
      expect(guest.call('fd_fdstat_set_flags', 5, 1)).toBe(0);
      guest.wasi.begin('next');
      expect(guest.read(5)).toBe(BADF);
      guest.open('file');
    }
    expect(openDescriptors().length).toBe(before);
  });

  test('a folder is one, opened when the guest first uses any; calls that fail leave none', () => {
    const before = openDescriptors().length;
    const { guest } = guestWithFolder();
    using _guest = guest;
    expect(openDescriptors().length).toBe(before);
    guest.open('nothing');
    guest.open('a/b/../c');
    guest.open('new', { flags: O_CREAT, rights: 1n << 40n });
    guest.call('fd_close', 4);
    expect(openDescriptors().length).toBe(before + 1);
  });

  test('those of a program that nobody disposed of are closed when it is collected', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const folder = temporaryFolder();
    const before = openDescriptors().length;
    (() => {
      for (let index = 0; index < 10; index += 1) new WasiGuest({ preopens: { '/': folder } }).open('x');
    })();
    expect(openDescriptors().length).toBe(before + 10);
    await vi.waitFor(() => {
      collect();
      expect(openDescriptors().length).toBe(before);
    }, 5000);
  });
});

test('after disposal everything is closed', () => {
  const { guest } = guestWithFolder();
  guest[Symbol.dispose]();
  expect([guest.read(0), guest.write(1, 'x'), guest.open('x')]).toEqual([BADF, BADF, -BADF]);
});

test('the functions are made once, at first use', () => {
  using wasi = createWasi(undefined);
  expect(wasi.module).toBe(wasi.module);
});

describe('options', () => {
  const wrong: [string, unknown, RegExp][] = [
    ['not an object', 'x', /^wasi must be/],
    ['args', { args: 'x' }, /^wasi\.args must be/],
    ['an argument', { args: ['a', 1] }, /^wasi\.args\[1\] must be/],
    ['a zero in an argument', { args: ['a\0'] }, /^wasi\.args\[0\]/],
    ['a program name', { programName: 1 }, /^wasi\.programName/],
    ['env', { env: ['A=1'] }, /^wasi\.env must be/],
    ['a variable', { env: { A: 1 } }, /^wasi\.env\.A/],
    ['a zero in a variable', { env: { A: '\0' } }, /^wasi\.env\.A/],
    ['a zero in a name', { env: { 'A\0': '' } }, /^wasi\.env/],
    ['a name with =', { env: { 'A=B': '' } }, /^wasi\.env/],
    ['preopens', { preopens: ['.'] }, /^wasi\.preopens must be/],
    ['preopens in a Map', { preopens: new Map([['/a', '.']]) }, /^wasi\.preopens must be .*Map/],
    ['env in a Map', { env: new Map([['A', 'b']]) }, /^wasi\.env must be .*Map/],
    [
      'two folders of one name',
      { preopens: { '/a': '.', '/a/': '..' } },
      /two folders for one name: "\/a" and "\/a\/"/,
    ],
    ['a preopen', { preopens: { '/a': 1 } }, /^wasi\.preopens\["\/a"\]/],
    ['an empty guest path', { preopens: { '': '.' } }, /^wasi\.preopens/],
    [
      'a missing folder',
      { preopens: { '/a': '/nothing/here' } },
      /"\/nothing\/here", which cannot be accessed/,
    ],
    ['a file', { preopens: { '/a': import.meta.filename } }, /must be the path of a folder/],
    ['stdin', { stdin: 1 }, /^wasi\.stdin/],
    ['stdout', { stdout: 'file' }, /^wasi\.stdout/],
    ['stderr', { stderr: null }, /^wasi\.stderr/],
  ];

  test.each(wrong)('wrong: %s', (_what, options, message) => {
    expect(() => createWasi(options as WasiOptions)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARGUMENT', message: expect.stringMatching(message) }),
    );
  });

  test('`undefined` is the same as leaving out', () => {
    using wasi = createWasi({ args: undefined, env: undefined, preopens: undefined, stdin: undefined });
    expect(wasi.stdout).toHaveLength(0);
  });
});

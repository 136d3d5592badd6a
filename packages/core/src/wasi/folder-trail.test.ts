import { mkdirSync, readdirSync, rmdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { guestWithFolder } from './__fixtures__/guest-with-folder.js';
import { LOOP, NAMETOOLONG, NOENT, NOTCAPABLE, O_CREAT } from './__fixtures__/preview1.js';

const isLinux = process.platform === 'linux';
const opened = () => readdirSync('/proc/self/fd').length;

describe('long ways (a path of POSIX has up to 4096 bytes)', () => {
  test('one of 200 folders is walked there, back and there again', () => {
    const { guest, folder } = guestWithFolder();
    using _guest = guest;
    const down = 'd/'.repeat(200);
    mkdirSync(path.join(folder, down), { recursive: true });
    writeFileSync(path.join(folder, 'top'), '');
    expect(guest.open(`${down}deep`, { flags: O_CREAT })).toBe(4);
    expect(guest.statPath(`${down}${'../'.repeat(150)}${'d/'.repeat(150)}deep`)).toBe(0);
    expect(guest.statPath(`${down}${'../'.repeat(199)}top`)).toBe(NOENT);
    expect(guest.statPath(`${down}${'../'.repeat(200)}top`)).toBe(0);
    expect(guest.statPath(`${down}${'../'.repeat(201)}top`)).toBe(NOTCAPABLE);
  });

  test.runIf(isLinux)('holds few descriptors at a time, and none afterwards', () => {
    const { guest, folder } = guestWithFolder();
    using _guest = guest;
    mkdirSync(`${folder}/${'d/'.repeat(200)}`, { recursive: true });
    guest.statPath('d');
    const before = opened();
    expect(guest.statPath('d/'.repeat(200))).toBe(0);
    expect(guest.statPath(`${'d/'.repeat(200)}nothing/x`)).toBe(NOENT);
    expect(guest.statPath(`${'d/'.repeat(200)}${'../'.repeat(201)}`)).toBe(NOTCAPABLE);
    rmdirSync(`${folder}/${'d/'.repeat(200)}`);
    expect(opened()).toBe(before);
  });

  test('links that multiply the parts of a path come to an end', () => {
    const { guest, folder } = guestWithFolder();
    using _guest = guest;
    const long = './'.repeat(2000);
    symlinkSync(`${long}l1`, path.join(folder, 'l0'));
    symlinkSync(`${long}l2`, path.join(folder, 'l1'));
    symlinkSync(`${long}l0`, path.join(folder, 'l2'));
    expect([LOOP, NAMETOOLONG]).toContain(guest.statPath('l0', true));
  });
});

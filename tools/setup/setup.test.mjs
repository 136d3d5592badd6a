// @ts-check
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { exchangesLibc, parseSuites, parseVersions } from './apt.mjs';
import { lockedToLibc } from './debian-mix.mjs';
import { whyNotServe } from './inference-servers.mjs';
import { commandsFor, planLibwasmedge } from './libwasmedge.mjs';
import { describeLeftOut, setupMode } from './mode.mjs';
import { giveOwnNames } from './tensorflow-lite.mjs';

/** @type {Record<string, Omit<import('./libwasmedge.mjs').Machine, 'root' | 'mode'>>} */
const systems = {
  'Debian 12': { platform: 'linux', apt: true, lists: true, ownPackage: false, debian12: true },
  'Debian 13': { platform: 'linux', apt: true, lists: true, ownPackage: true, debian12: false },
  'Ubuntu 22.04': { platform: 'linux', apt: true, lists: true, ownPackage: false, debian12: false },
  'a fresh container': { platform: 'linux', apt: true, lists: false, ownPackage: false, debian12: false },
  Fedora: { platform: 'linux', apt: false, lists: false, ownPackage: false, debian12: false },
  macOS: { platform: 'darwin', apt: false, lists: false, ownPackage: false, debian12: false },
};
/** What is done, or why nothing is, as root and not, where WASMEDGE_SETUP is not set, off, and mix. */
const [off, root] = [/WASMEDGE_SETUP=off/, /needs root/];
/** @type {Record<string, (string | RegExp)[]>} */
const plans = {
  'Debian 12': [/another libc/, off, 'mix', /another libc/, off, root],
  'Debian 13': ['own package', off, 'own package', root, off, root],
  'Ubuntu 22.04': ['own installer', off, 'own installer', 'own installer', off, 'own installer'],
  'a fresh container': ['lists', off, 'lists', root, off, root],
  Fedora: ['own installer', off, 'own installer', 'own installer', off, 'own installer'],
  macOS: [/darwin/, /darwin/, /darwin/, /darwin/, /darwin/, /darwin/],
};

test.each(Object.entries(systems))('what is done about libwasmedge on %s', (name, system) => {
  const modes = /** @type {const} */ (['own', 'off', 'mix']);
  const machines = [true, false].flatMap((root) => modes.map((mode) => ({ ...system, root, mode })));
  const done = machines.map(planLibwasmedge).map((plan) => ('reason' in plan ? plan.reason : plan.step));
  const expected = plans[name]?.map((each) =>
    typeof each === 'string' ? each : expect.stringMatching(each),
  );
  expect(done).toEqual(expected);
});

test('WASMEDGE_SETUP is off, mix or nothing', () => {
  expect(setupMode({})).toBe('own');
  expect(setupMode({ WASMEDGE_SETUP: 'mix' })).toBe('mix');
  expect(() => setupMode({ WASMEDGE_SETUP: 'on' })).toThrow('set it to off or mix');
});

// Each is a machine, and what is said about it.
test.each([
  ['linux', 'x64', '3.11', undefined],
  ['linux', 'x64', '3.12', undefined],
  ['linux', 'x64', '3.13', '/usr/bin/python3 is 3.13, and the servers need Python 3.11 or 3.12'],
  ['linux', 'x64', '3.1', '/usr/bin/python3 is 3.1, and the servers need Python 3.11 or 3.12'],
  ['linux', 'x64', undefined, 'there is no /usr/bin/python3'],
  ['linux', 'arm64', '3.11', 'only for x64 Linux, not linux on arm64'],
])('whether inference servers run on %s, %s, with Python %s', (platform, arch, version, reason) => {
  expect(whyNotServe({ platform, arch, version })).toBe(reason);
});

test('what is left out is told with the command that gets it', () => {
  const commands = (/** @type {string} */ name, /** @type {boolean} */ root) =>
    commandsFor({ .../** @type {typeof systems[string]} */ (systems[name]), root, mode: 'own' });
  const leftOut = { what: 'the engine wasmedge', reason: 'none', commands: commands('Debian 12', true) };
  const command = 'WASMEDGE_SETUP=mix npm test ';
  expect(describeLeftOut(leftOut)).toContain(`the engine wasmedge: none\n  To install it:\n    ${command}`);
  expect(commands('Debian 12', false)[0]).toContain(`sudo -v && ${command}`);
  expect(commands('Debian 13', false)).toEqual(['sudo -v && npm test']);
});

test("apt's versions and suites are those of package files (apt-cache(8))", () => {
  const madison = `libwasmedge-dev | 0.14.1+dfsg-3.1 | http://mirror.example/debian trixie/main amd64 Packages
  wasmedge | 0.14.1+dfsg-3.1 | http://mirror.example/debian trixie/main Sources
`;
  expect(parseVersions(madison)).toEqual([{ version: '0.14.1+dfsg-3.1', suite: 'trixie' }]);
  expect(parseVersions('')).toEqual([]);
  const policy = `Package files:
 100 /var/lib/dpkg/status
     release a=now
 500 http://mirror.example/debian bookworm/main amd64 Packages
     release v=12.15,o=Debian,a=oldstable,n=bookworm,l=Debian,c=main,b=amd64
     origin mirror.example
Pinned packages:
`;
  const bookworm = { uri: 'http://mirror.example/debian', codename: 'bookworm', origin: 'Debian' };
  expect(parseSuites(policy)).toEqual([bookworm]);
});

// As "apt-get -s install" prints it on Debian 12, with and without Debian 13 as a source.
test.each([
  ['Inst libc6 [2.36-9+deb12u10] (2.41-12+deb13u5 Debian:13.2/stable [amd64])', true],
  ['Inst libc6:i386 [2.36-9+deb12u10] (2.41-12+deb13u5 Debian:13.2/stable [i386])', true],
  ['Inst libc6 [2.36-9+deb12u10] (2.36-9+deb12u13 Debian:12.12/oldstable [amd64])', false],
  ['Inst libc6-dev (2.41-12+deb13u5 Debian:13.2/stable [amd64])', false],
])('another libc: %s: %s', (line, expected) => {
  expect(exchangesLibc(`Inst gcc (4:12.2.0-3 Debian:12.12/oldstable [amd64])\n${line}\n`)).toBe(expected);
});

// libc6-dev of Debian 12 says "Depends: libc6 (= 2.36-9+deb12u14)", that of Debian 13 "Breaks: dpkg-dev (<< 1.22.5)".
test('what must move with libc: installed packages of its source, and dpkg-dev beside libc6-dev', () => {
  const glibc = 'installed glibc libc6\ninstalled glibc libc6-dev\nconfig-files glibc nscd\n';
  const others = 'installed dpkg dpkg-dev\ninstalled dpkg dpkg\ninstalled bash bash\n';
  expect(lockedToLibc(glibc + others)).toEqual(['libc6', 'libc6-dev', 'dpkg-dev']);
  expect(lockedToLibc('installed glibc libc6\ninstalled dpkg dpkg-dev\n')).toEqual(['libc6']);
});

test('a library gets a name of its own, also where others call it, and every other byte stays', () => {
  const folder = mkdtempSync(join(tmpdir(), 'own-names-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const bytes = Buffer.from([0, 255, 128, 10]);
  const named = (/** @type {string} */ name) => Buffer.concat([bytes, Buffer.from(`\0${name}\0`), bytes]);
  writeFileSync(join(folder, 'libone.so.0.1'), named('libone.so.0'));
  symlinkSync('libone.so.0.1', join(folder, 'libone.so.0'));
  writeFileSync(join(folder, 'libuser.so.2'), Buffer.concat([named('libone.so.0'), named('libone.so.01')]));
  giveOwnNames(folder, ['libone.so.0']);
  const read = (/** @type {string} */ name) => readFileSync(join(folder, name));
  expect(read('libone.so.o')).toEqual(named('libone.so.o'));
  expect(read('libuser.so.2')).toEqual(Buffer.concat([named('libone.so.o'), named('libone.so.01')]));
});

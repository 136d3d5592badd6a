// @ts-check
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { capture } from '../lib/run.mjs';
import { aptSuites } from './apt.mjs';

// Debian 12 has no libwasmedge. Debian 13 has, and its packages fit when their libc comes along; nothing else of
// Debian 13 may, so the suite is pinned below everything and each package is named (never "-t trixie"). It exchanges the
// machine's libc, so it is done only where WASMEDGE_SETUP=mix asks for it.

const sourceFile = '/etc/apt/sources.list.d/wasmedge-plugins-trixie.sources';
const pinFile = '/etc/apt/preferences.d/wasmedge-plugins-trixie';

/** What libwasmedge-dev needs newer than Debian 12 has it; and what the tests' C compiler needs, and is locked to libc6. */
const named = [
  ...['libwasmedge-dev', 'libwasmedge0', 'libc6', 'libc-bin', 'base-files', 'libstdc++6', 'libzstd1'],
  ...['libfmt10', 'libspdlog1.15', 'libc6-dev', 'libc-dev-bin'],
];

/** True on Debian 12, also after the mix, when /etc/os-release says Debian 13. */
export function isDebian12() {
  return bookworm() !== undefined;
}

export function hasTrixieSource() {
  return existsSync(sourceFile) && existsSync(pinFile);
}

/** The packages to name, those included that are locked to libc's version and installed here. */
export function trixiePackages() {
  const query = capture('dpkg-query', [
    '-W',
    '-f',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own format
    '${db:Status-Status} ${source:Package} ${Package}\n',
  ]).stdout;
  return [...new Set([...named, ...lockedToLibc(query)])].map((name) => `${name}/trixie`);
}

/**
 * @param {string} query lines of "<status> <source package> <package>"
 * @returns {string[]} packages of the libc's source and of libzstd's; with libc6-dev also dpkg-dev, whose old version it breaks
 */
export function lockedToLibc(query) {
  const installed = query
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([status]) => status === 'installed')
    .map(([, source = '', name = '']) => ({ source, name }));
  const ofLibc = installed.filter(({ source }) => source === 'glibc' || source === 'libzstd');
  const ofDpkg = installed.filter(({ name }) => name === 'dpkg-dev' || name === 'libdpkg-perl');
  const hasHeaders = ofLibc.some(({ name }) => name === 'libc6-dev');
  return [...ofLibc, ...(hasHeaders ? ofDpkg : [])].map(({ name }) => name);
}

/** The commands that add Debian 13 as a source of named packages only; each runs as root. */
export function trixieSourceCommands() {
  const folder = mkdtempSync(join(tmpdir(), 'wasmedge-plugins-'));
  // The mirror that serves Debian 12 here serves Debian 13 too.
  const key = '/usr/share/keyrings/debian-archive-keyring.gpg';
  const source = `Types: deb\nURIs: ${bookworm()?.uri}\nSuites: trixie\nComponents: main\nSigned-By: ${key}\n`;
  const files = { [sourceFile]: source, [pinFile]: 'Package: *\nPin: release n=trixie\nPin-Priority: 100\n' };
  return Object.entries(files).map(([file, text]) => {
    const written = join(folder, basename(file));
    writeFileSync(written, text);
    return ['install', '-m', '644', written, file];
  });
}

/** The command that takes the source away again; runs as root. */
export const removeTrixieSource = ['rm', '-f', sourceFile, pinFile];

function bookworm() {
  return aptSuites().find(({ codename, origin }) => codename === 'bookworm' && origin === 'Debian');
}

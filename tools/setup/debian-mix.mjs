// @ts-check
import { existsSync } from 'node:fs';
import { capture } from '../lib/run.mjs';
import { aptInstall, aptSuites, aptUpdate, runAsRoot } from './apt.mjs';

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

/** The archive of Debian 12, which there is also after the mix, when /etc/os-release says Debian 13. */
export function bookworm() {
  return aptSuites().find(({ codename, origin }) => codename === 'bookworm' && origin === 'Debian');
}

export function hasTrixieSource() {
  return existsSync(sourceFile) && existsSync(pinFile);
}

/**
 * Installs Debian 13's libwasmedge, and what must come with it.
 * @param {string[]} prefix
 * @returns {Promise<string | undefined>} why it was not done
 */
export async function installFromTrixie(prefix) {
  // Also when the source was added before: the lists may be older than what the archive still has.
  const adds = !hasTrixieSource();
  if (adds) {
    // The mirror that serves Debian 12 here serves Debian 13 too.
    const key = '/usr/share/keyrings/debian-archive-keyring.gpg';
    const source = `Types: deb\nURIs: ${bookworm()?.uri}\nSuites: trixie\nComponents: main\nSigned-By: ${key}\n`;
    await writeAsRoot(prefix, sourceFile, source);
    await writeAsRoot(prefix, pinFile, 'Package: *\nPin: release n=trixie\nPin-Priority: 100\n');
  }
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own format
  const query = capture('dpkg-query', ['-W', '-f', '${db:Status-Status} ${source:Package} ${Package}\n']);
  const names = new Set([...named, ...lockedToLibc(query.stdout)]);
  const packages = [...names].map((name) => `${name}/trixie`);
  const reason = (await aptUpdate(prefix)) ?? (await aptInstall(prefix, packages));
  // Nothing was installed from it, so the machine keeps no trace.
  if (reason !== undefined && adds) await runAsRoot(prefix, ['rm', '-f', sourceFile, pinFile]);
  return reason;
}

/** @param {string[]} prefix @param {string} file @param {string} text */
function writeAsRoot(prefix, file, text) {
  return runAsRoot(prefix, ['sh', '-c', 'printf %s "$1" >"$2" && chmod 644 "$2"', 'write', text, file]);
}

/**
 * @param {string} query lines of "<status> <source package> <package>"
 * @returns {string[]} packages of the libc's source and of libzstd's; with libc6-dev also dpkg-dev, whose old version it breaks
 */
export function lockedToLibc(query) {
  const installed = [...query.matchAll(/^installed (\S+) (\S+)$/gm)];
  const from = (/** @type {RegExp} */ wanted, /** @type {1 | 2} */ field) =>
    installed.filter((line) => wanted.test(line[field] ?? '')).map(([, , name = '']) => name);
  const ofLibc = from(/^(glibc|libzstd)$/, 1);
  return [...ofLibc, ...(ofLibc.includes('libc6-dev') ? from(/^(dpkg-dev|libdpkg-perl)$/, 2) : [])];
}

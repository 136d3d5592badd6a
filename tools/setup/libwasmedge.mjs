// @ts-check
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { capture, run } from '../lib/run.mjs';
import { aptInstall, aptSuites, aptUpdate, aptVersions, hasApt, rootPrefix } from './apt.mjs';
import { bookworm, installFromTrixie } from './debian-mix.mjs';
import { setupMode, whyNotInstall } from './mode.mjs';

/** WasmEdge's own installer, for systems whose packages have no supported version. */
const ownInstaller =
  'curl -sSf https://raw.githubusercontent.com/WasmEdge/WasmEdge/master/utils/install.sh | bash -s -- -v 0.14.1';

/** Looks for libwasmedge and its headers: the variable WASMEDGE_LIBRARY, the loader's own list, the usual places. */
export function findLibwasmedge() {
  const library = findLibrary();
  const beside = ['../include', '../../include'].map((path) => join(dirname(library ?? ''), path));
  const usual = ['/usr/local/include', '/opt/homebrew/include', '/usr/include'];
  const folders = [...(library ? beside : []), join(homedir(), '.wasmedge/include'), ...usual];
  const includeFolder = folders.find((folder) => existsSync(join(folder, 'wasmedge/wasmedge.h')));
  return { library, includeFolder };
}

function findLibrary() {
  const named = process.env.WASMEDGE_LIBRARY;
  if (named) return existsSync(named) ? named : undefined;
  const listed = /libwasmedge\.so\S* .*=> (\S+)/.exec(capture('/sbin/ldconfig', ['-p']).stdout)?.[1];
  if (listed !== undefined && existsSync(listed)) return listed;
  const own = ['.wasmedge/lib64', '.wasmedge/lib'].map((folder) => join(homedir(), folder));
  return [...own, '/usr/local/lib64', '/usr/local/lib', '/opt/homebrew/lib']
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)))
    .find((file) => /\/libwasmedge\.(so|dylib|\d+\.dylib)[^/]*$/.test(file));
}

/**
 * Makes sure of libwasmedge and its headers, without which the tests of engine `wasmedge` are left out.
 * @returns {Promise<import('./mode.mjs').LeftOut | undefined>} what could not be had
 */
export async function ensureLibwasmedge() {
  if (isComplete()) return undefined;
  const prefix = rootPrefix();
  const reason = (await install(prefix)) ?? (isComplete() ? undefined : 'installed, and still not found');
  if (reason === undefined) return undefined;
  const what = 'the engine wasmedge (libwasmedge and its headers)';
  return { what, reason, commands: commandsFor(lookAtMachine(prefix)) };
}

function isComplete() {
  return Object.values(findLibwasmedge()).every((place) => place !== undefined);
}

/**
 * What is known of a machine without libwasmedge.
 * @typedef {object} Machine
 * @property {NodeJS.Platform} platform
 * @property {boolean} apt whether packages come by apt
 * @property {boolean} lists whether apt has package lists; a fresh container has none
 * @property {boolean} ownPackage whether the machine's own release has a libwasmedge that is supported
 * @property {boolean} debian12 whose libc is older than Debian 13's libwasmedge needs
 * @property {boolean} root whether this user may install system packages
 * @property {import('./mode.mjs').SetupMode} mode
 */

/** @param {string[] | undefined} prefix @returns {Machine} */
function lookAtMachine(prefix) {
  const apt = hasApt();
  const debian12 = apt && bookworm() !== undefined;
  // Not counting what Debian 12 was given as a source by the mix.
  const own = aptVersions('libwasmedge-dev').filter(({ suite }) => suite !== 'trixie' || !debian12);
  return {
    platform: process.platform,
    apt,
    lists: apt && aptSuites().length > 0,
    ownPackage: apt && own.some(({ version }) => /^(\d+:)?0\.1[4-7]\./.test(version)),
    debian12,
    root: prefix !== undefined,
    mode: setupMode(),
  };
}

/** @param {string[] | undefined} prefix @returns {Promise<string | undefined>} why it was not done */
async function install(prefix) {
  const plan = planLibwasmedge(lookAtMachine(prefix));
  if (plan.step === 'leave out') return plan.reason;
  // Without root no step is planned that needs it.
  const asRoot = prefix ?? [];
  console.log(`Setting up libwasmedge (${plan.step}) ...`);
  if (plan.step === 'own package') return aptInstall(asRoot, ['libwasmedge-dev']);
  if (plan.step === 'mix') return installFromTrixie(asRoot);
  if (plan.step === 'lists') {
    const failed = await aptUpdate(asRoot);
    if (failed !== undefined) return failed;
    return aptSuites().length > 0 ? install(prefix) : 'apt-get update fetched no package lists';
  }
  const code = await run('bash', ['-o', 'pipefail', '-c', ownInstaller]);
  return code === 0 ? undefined : `WasmEdge's installer failed with exit code ${code} (above)`;
}

/**
 * What is done about it: the package lists are fetched and the machine is looked at again, a package is installed, Debian 13's
 * libwasmedge and libc are mixed in, WasmEdge's own installer puts it into the user's home folder, or it is left out.
 * @typedef {'lists' | 'own package' | 'mix' | 'own installer'} Step
 * @param {Machine} machine
 * @returns {{ step: Step } | { step: 'leave out', reason: string }}
 */
export function planLibwasmedge({ platform, apt, lists, ownPackage, debian12, root, mode }) {
  const leaveOut = (/** @type {string} */ reason) => ({ step: /** @type {const} */ ('leave out'), reason });
  const step =
    apt && !lists ? 'lists' : apt && ownPackage ? 'own package' : apt && debian12 ? 'mix' : 'own installer';
  if (step === 'mix' && mode === 'own')
    return leaveOut("not installed: Debian 12 has no such package, and Debian 13's brings another libc");
  if (step === 'own installer' && platform !== 'linux')
    return leaveOut(`not installed, and not installed by itself on ${platform}`);
  const refused = whyNotInstall(root || step === 'own installer', mode);
  return refused === undefined ? { step } : leaveOut(refused);
}

/** What a person can run to get what was left out. @param {Machine} machine @returns {string[]} */
export function commandsFor({ apt, lists, ownPackage, debian12, root }) {
  const ask = root ? '' : 'sudo -v && ';
  if (apt && debian12 && !ownPackage) {
    return [
      `${ask}WASMEDGE_SETUP=mix npm test   # takes libwasmedge, and libc with it, from Debian 13`,
      `${root ? '' : 'sudo '}node tools/chroots/run.mjs --suite trixie   # or in a folder of its own, which changes nothing here`,
    ];
  }
  return [apt && (ownPackage || !lists) ? `${ask}npm test` : ownInstaller];
}

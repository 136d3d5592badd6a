// @ts-check
import { whyNotInstall } from './mode.mjs';

/** WasmEdge's own installer, for systems whose packages have no supported version. */
export const ownInstaller =
  'curl -sSf https://raw.githubusercontent.com/WasmEdge/WasmEdge/master/utils/install.sh | bash -s -- -v 0.14.1';

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

/**
 * What is done about it: the package lists are fetched and the machine is looked at again, a package is installed, Debian 13's
 * libwasmedge and libc are mixed in, WasmEdge's own installer puts it into the user's home folder, or it is left out.
 * @typedef {{ step: 'lists' | 'own package' | 'mix' | 'own installer' } | { step: 'leave out', reason: string }} Plan
 */

/** @param {Machine} machine @returns {Plan} */
export function planLibwasmedge({ platform, apt, lists, ownPackage, debian12, root, mode }) {
  /** @type {(step: 'lists' | 'own package' | 'mix' | 'own installer', needsRoot: boolean) => Plan} */
  const unlessForbidden = (step, needsRoot) => {
    const reason = whyNotInstall(root || !needsRoot, mode);
    return reason === undefined ? { step } : { step: 'leave out', reason };
  };
  if (apt && !lists) return unlessForbidden('lists', true);
  if (apt && ownPackage) return unlessForbidden('own package', true);
  if (apt && debian12) {
    if (mode !== 'own') return unlessForbidden('mix', true);
    const reason = "not installed: Debian 12 has no such package, and Debian 13's brings another libc";
    return { step: 'leave out', reason };
  }
  if (platform === 'linux') return unlessForbidden('own installer', false);
  return { step: 'leave out', reason: `not installed, and not installed by itself on ${platform}` };
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

// @ts-check

/**
 * What WASMEDGE_SETUP allows. `own`, where it is not set: system packages of the machine's own release. `off`: nothing is installed.
 * `mix`: on Debian 12 also Debian 13's libwasmedge, and the libc that it needs.
 * @typedef {'own' | 'off' | 'mix'} SetupMode
 */

/** @param {NodeJS.ProcessEnv} [environment] @returns {SetupMode} @throws {Error} when it is none of them */
export function setupMode(environment = process.env) {
  const mode = environment.WASMEDGE_SETUP || 'own';
  if (mode === 'own' || mode === 'off' || mode === 'mix') return mode;
  throw new Error(`WASMEDGE_SETUP is "${mode}"; set it to off or mix, or not at all.`);
}

/** Why nothing may be installed here. @param {boolean} root whether it needs no root, or there is one @param {SetupMode} [mode] */
export function whyNotInstall(root, mode = setupMode()) {
  if (mode === 'off') return 'not installed, and WASMEDGE_SETUP=off forbids installing it';
  return root ? undefined : 'not installed; installing it needs root or a sudo that asks for no password';
}

/** Something the tests would use that is not here, and what a person can run to get it. @typedef {{ what: string, reason: string, commands: string[] }} LeftOut */

/** @param {LeftOut} leftOut */
export function describeLeftOut({ what, reason, commands }) {
  return [`${what}: ${reason}`, '  To install it:', ...commands.map((each) => `    ${each}`)].join('\n');
}

// @ts-check

/**
 * Whether system packages may be installed here.
 * @param {string[] | undefined} prefix what rootPrefix() found
 * @returns {string | undefined} why not
 */
export function mayInstall(prefix) {
  if (process.env.WASMEDGE_SETUP === 'off')
    return 'not installed, and WASMEDGE_SETUP=off forbids installing it';
  if (prefix === undefined)
    return 'not installed; installing it needs root or a sudo that asks for no password';
  return undefined;
}

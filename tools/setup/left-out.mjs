// @ts-check

/**
 * Something the tests would use and that is not here.
 * @typedef {object} LeftOut
 * @property {string} what
 * @property {string} reason
 * @property {string[]} commands what a person can run to get it
 */

/** @param {LeftOut} leftOut */
export function describeLeftOut({ what, reason, commands }) {
  const lines = [`${what}: ${reason}`];
  if (commands.length > 0) lines.push('  To install it:', ...commands.map((command) => `    ${command}`));
  return lines.join('\n');
}

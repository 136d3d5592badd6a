// @ts-check
import { backendEnvironment } from '../setup/setup.mjs';

const prefix = 'needs=';

/** The variables of the set-up that name the libraries which a block can need. */
const variables = /** @type {Readonly<Record<string, string>>} */ ({
  openvino: 'WASMEDGE_PLUGINS_OPENVINO',
  tflite: 'WASMEDGE_PLUGINS_TENSORFLOW_LITE',
});

/**
 * Whether a block needs a library, by its flag `needs=openvino`, that the set-up did not get. Where CI_REQUIRE names it, the block runs all
 * the same, and fails.
 * @param {readonly string[]} flags
 * @param {NodeJS.ProcessEnv} environment
 * @throws {Error} when the flag names a library that is not known here
 */
export function lacksLibrary(flags, environment = exampleEnvironment()) {
  const name = flags.find((flag) => flag.startsWith(prefix))?.slice(prefix.length);
  if (name === undefined) return false;
  const variable = variables[name];
  if (variable === undefined)
    throw new Error(`${prefix}${name}: known are ${Object.keys(variables).join(', ')}.`);
  const required = (environment.CI_REQUIRE ?? '').split(',').map((each) => each.trim());
  return !environment[variable] && !required.includes(name);
}

/** The environment that examples run in: this process's, and the libraries of the set-up. */
export function exampleEnvironment() {
  return { ...process.env, ...backendEnvironment() };
}

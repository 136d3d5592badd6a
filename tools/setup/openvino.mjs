// @ts-check
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PythonEnvironment } from './python-environment.mjs';

/** With OpenVINO's wheel, which carries its libraries. */
const environment = new PythonEnvironment('OpenVINO', 'openvino', '2026.4.1');

/** The folder with OpenVINO's libraries that the tests use, if there is one. */
export function openVinoFolder() {
  if (process.env.WASMEDGE_PLUGINS_OPENVINO) return process.env.WASMEDGE_PLUGINS_OPENVINO;
  const lib = join(environment.folder, 'lib');
  const python = existsSync(lib) ? readdirSync(lib)[0] : undefined;
  const folder = python && join(lib, python, 'site-packages/openvino/libs');
  return folder && existsSync(folder) ? folder : undefined;
}

/** The Python that has OpenVINO, for answers that do not come from this repository's code. */
export function openVinoPython() {
  return environment.python;
}

/**
 * Makes sure of OpenVINO, without which its backend's tests are ignored.
 * @returns {Promise<import('./left-out.mjs').LeftOut | undefined>} what could not be had
 */
export async function ensureOpenVino() {
  return openVinoFolder() === undefined ? environment.ensure() : undefined;
}

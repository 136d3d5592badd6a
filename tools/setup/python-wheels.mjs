// @ts-check
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { capture, run } from '../lib/run.mjs';
import { ensurePackages } from './apt.mjs';
import { setupMode } from './mode.mjs';

// Libraries that come in wheels of the Python package index: each in a virtual environment, made once for all checkouts.
const openVino = wheel('OpenVINO', 'openvino', '2026.4.1');
const wasmtime = wheel('wasmtime', 'wasmtime', '50.0.1');

/** The folder with OpenVINO's libraries that the tests use, if there is one. */
export function openVinoFolder() {
  if (process.env.WASMEDGE_PLUGINS_OPENVINO) return process.env.WASMEDGE_PLUGINS_OPENVINO;
  const lib = join(openVino.folder, 'lib');
  const python = existsSync(lib) ? readdirSync(lib)[0] : undefined;
  const folder = python && join(lib, python, 'site-packages/openvino/libs');
  return folder && existsSync(folder) ? folder : undefined;
}

/** The Python that has OpenVINO, for answers that do not come from this repository's code. */
export function openVinoPython() {
  return pythonOf(openVino);
}

/** The Python that has wasmtime, with whose answers those of our WASI are compared. */
export function wasmtimePython() {
  return process.env.WASMEDGE_PLUGINS_WASMTIME || pythonOf(wasmtime);
}

/** Makes sure of OpenVINO, without which its backend's tests are left out. */
export async function ensureOpenVino() {
  return openVinoFolder() === undefined ? ensure(openVino) : undefined;
}

/** Makes sure of wasmtime, without which our WASI is compared with no other. */
export async function ensureWasmtime() {
  return wasmtimePython() === undefined ? ensure(wasmtime) : undefined;
}

/** @typedef {{ what: string, requirement: string, folder: string }} Wheel */

/** @param {string} title what messages call it @param {string} name @param {string} version @returns {Wheel} */
function wheel(title, name, version) {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const folder = join(cache, 'wasmedge-plugins', `${name}-${version}`);
  return { what: `${title} ${version}`, requirement: `${name}==${version}`, folder };
}

/** @param {Wheel} wheel */
function pythonOf({ folder }) {
  const python = join(folder, 'bin/python');
  return existsSync(python) ? python : undefined;
}

/** @param {Wheel} wheel @returns {Promise<import('./left-out.mjs').LeftOut | undefined>} what could not be had */
async function ensure({ what, requirement, folder }) {
  const commands = [`python3 -m venv ${folder}`, `${folder}/bin/pip install ${requirement}`];
  if (setupMode() === 'off')
    return { what, reason: 'not installed, and WASMEDGE_SETUP=off forbids installing it', commands };
  const python = await ensurePackages({
    what: `Python, for ${what}`,
    works: () => capture('python3', ['-c', 'import venv, ensurepip']).code === 0,
    packages: ['python3-venv'],
    elsewhere: 'Install a Python that makes virtual environments.',
  });
  if (python !== undefined) return python;
  console.log(`Setting up ${what} in ${folder} ...`);
  // Built next to its place and moved, so that an environment that exists is complete; its scripts are called by path.
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  const pip = ['-m', 'pip', 'install', '-q', '--disable-pip-version-check', requirement];
  const code =
    (await run('python3', ['-m', 'venv', unfinished])) || (await run(join(unfinished, 'bin/python'), pip));
  if (code === 0) renameSync(unfinished, folder);
  const reason = `pip could not install it (exit code ${code}, above): the Python package index may be out of reach`;
  return code === 0 ? undefined : { what, reason, commands };
}

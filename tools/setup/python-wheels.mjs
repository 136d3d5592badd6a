// @ts-check
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, makeFolder } from '../lib/cache.mjs';
import { capture, run } from '../lib/run.mjs';
import { ensurePackages } from './apt.mjs';
import { whyNotInstall } from './mode.mjs';

// Libraries that come in wheels of the Python package index: each in a virtual environment, made once for all checkouts.
const openVino = { title: 'OpenVINO', name: 'openvino', version: '2026.4.1' };
const wasmtime = { title: 'wasmtime', name: 'wasmtime', version: '50.0.1' };

/** The folder with OpenVINO's libraries that the tests use, if there is one. */
export function openVinoFolder() {
  if (process.env.WASMEDGE_PLUGINS_OPENVINO) return process.env.WASMEDGE_PLUGINS_OPENVINO;
  const lib = join(folderOf(openVino), 'lib');
  const pythons = existsSync(lib) ? readdirSync(lib) : [];
  return pythons.map((python) => join(lib, python, 'site-packages/openvino/libs')).find(existsSync);
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

/** @typedef {typeof openVino} Wheel */

/** @param {Wheel} wheel */
function folderOf({ name, version }) {
  return cacheFolder(`${name}-${version}`);
}

/** @param {Wheel} wheel */
function pythonOf(wheel) {
  const python = join(folderOf(wheel), 'bin/python');
  return existsSync(python) ? python : undefined;
}

/** @param {Wheel} wheel @returns {Promise<import('./mode.mjs').LeftOut | undefined>} what could not be had */
async function ensure(wheel) {
  const [what, requirement] = [`${wheel.title} ${wheel.version}`, `${wheel.name}==${wheel.version}`];
  const folder = folderOf(wheel);
  const commands = [`python3 -m venv ${folder}`, `${folder}/bin/pip install ${requirement}`];
  const refused = whyNotInstall(true);
  if (refused !== undefined) return { what, reason: refused, commands };
  const python = await ensurePackages({
    what: `Python, for ${what}`,
    works: () => capture('python3', ['-c', 'import venv, ensurepip']).code === 0,
    packages: ['python3-venv'],
    elsewhere: 'Install a Python that makes virtual environments.',
  });
  if (python !== undefined) return python;
  console.log(`Setting up ${what} in ${folder} ...`);
  const pip = ['-m', 'pip', 'install', '-q', '--disable-pip-version-check', requirement];
  // The environment's scripts are called by path, so that it can be moved.
  const reason = await makeFolder(folder, async (unfinished) => {
    const made = await run('python3', ['-m', 'venv', unfinished]);
    const code = made || (await run(join(unfinished, 'bin/python'), pip));
    if (code === 0) return undefined;
    return `pip could not install it (exit code ${code}, above): the Python package index may be out of reach`;
  });
  return reason === undefined ? undefined : { what, reason, commands };
}

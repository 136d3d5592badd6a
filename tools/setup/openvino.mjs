// @ts-check
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { capture, run } from '../lib/run.mjs';
import { aptInstall, hasApt, installCommand, rootPrefix } from './apt.mjs';
import { mayInstall } from './may-install.mjs';

const version = '2026.4.1';
const what = `OpenVINO ${version}`;

/** The virtual environment with OpenVINO's wheel, which carries its libraries; made once for all checkouts. */
const environment = join(
  process.env.XDG_CACHE_HOME || join(homedir(), '.cache'),
  'wasmedge-plugins',
  `openvino-${version}`,
);

/** The folder with OpenVINO's libraries that the tests use, if there is one. */
export function openVinoFolder() {
  if (process.env.WASMEDGE_PLUGINS_OPENVINO) return process.env.WASMEDGE_PLUGINS_OPENVINO;
  const lib = join(environment, 'lib');
  const python = existsSync(lib) ? readdirSync(lib)[0] : undefined;
  const folder = python && join(lib, python, 'site-packages/openvino/libs');
  return folder && existsSync(folder) ? folder : undefined;
}

/** The Python that has OpenVINO, for answers that do not come from this repository's code. */
export function openVinoPython() {
  const python = join(environment, 'bin/python');
  return existsSync(python) ? python : undefined;
}

/**
 * Makes sure of OpenVINO, without which its backend's tests are ignored.
 * @returns {Promise<import('./left-out.mjs').LeftOut | undefined>} what could not be had
 */
export async function ensureOpenVino() {
  if (openVinoFolder() !== undefined) return undefined;
  const commands = [`python3 -m venv ${environment}`, `${environment}/bin/pip install openvino==${version}`];
  if (process.env.WASMEDGE_SETUP === 'off')
    return { what, reason: 'not installed, and WASMEDGE_SETUP=off forbids installing it', commands };
  const reason = (await ensurePython()) ?? (await makeEnvironment());
  return reason === undefined ? undefined : { what, reason, commands };
}

/** @returns {Promise<string | undefined>} why there is no Python that makes virtual environments */
async function ensurePython() {
  if (capture('python3', ['-c', 'import venv, ensurepip']).code === 0) return undefined;
  const prefix = rootPrefix();
  const refused = mayInstall(prefix);
  if (refused !== undefined || prefix === undefined || !hasApt())
    return `there is no Python that makes virtual environments; try: ${installCommand(['python3-venv'])}`;
  console.log('Setting up Python, for OpenVINO ...');
  return aptInstall(prefix, ['python3-venv']);
}

async function makeEnvironment() {
  console.log(`Setting up ${what} in ${environment} ...`);
  // Built next to its place and moved, so that an environment that exists is complete; its scripts are called by path.
  const unfinished = `${environment}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  const made = await run('python3', ['-m', 'venv', unfinished]);
  if (made !== 0) return `the virtual environment could not be made (exit code ${made}, above)`;
  const pip = [join(unfinished, 'bin/python'), '-m', 'pip', 'install', '-q', '--disable-pip-version-check'];
  const [command = '', ...args] = pip;
  const installed = await run(command, [...args, `openvino==${version}`]);
  if (installed !== 0)
    return `pip could not install it (exit code ${installed}, above): the Python package index may be out of reach`;
  renameSync(unfinished, environment);
  return undefined;
}

// @ts-check
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, makeFolder } from '../lib/cache.mjs';
import { capture, run } from '../lib/run.mjs';
import { ensurePackages } from './apt.mjs';
import { whyNotInstall } from './mode.mjs';

// Inference servers of the Python package index: each in a virtual environment, made once for all checkouts. The files in `inference-servers/`
// name the version of every package.
/** @typedef {{ name: string, title: string, variable: string, lock: URL, finish?: (folder: string, version: string) => string | undefined }} Server */

/** 93 MB to download, 326 MB on disk, 15 s. @type {Server} */
const triton = {
  name: 'triton',
  title: 'Triton Inference Server 2.51',
  variable: 'WASMEDGE_PLUGINS_TRITON',
  lock: new URL('inference-servers/triton.txt', import.meta.url),
  finish: putStubBesideBackend,
};

/** 63 MB to download, 325 MB on disk, 23 s. @type {Server} */
const mlserver = {
  name: 'mlserver',
  title: 'MLServer 1.7.1',
  variable: 'WASMEDGE_PLUGINS_MLSERVER',
  lock: new URL('inference-servers/mlserver.txt', import.meta.url),
};

/** The system's own: Triton's program for models in Python links the system's libpython and fails with that of another patch version. */
const systemPython = '/usr/bin/python3';

/** The folder of Triton's virtual environment, if there is one. */
export function tritonFolder() {
  return folderIfMade(triton);
}

/** The folder of MLServer's virtual environment, if there is one. */
export function mlserverFolder() {
  return folderIfMade(mlserver);
}

/** Makes sure of Triton and of its own client in Python, without which the backend for inference servers is tested on none of its kind. */
export async function ensureTriton() {
  return ensure(triton);
}

/** Makes sure of MLServer, likewise. */
export async function ensureMLServer() {
  return ensure(mlserver);
}

/**
 * Why the servers cannot be had with a Python: they need 3.11 or 3.12.
 * @param {{ platform: string, arch: string, version: string | undefined }} machine
 */
export function whyNotServe({ platform, arch, version }) {
  if (platform !== 'linux' || arch !== 'x64') return `only for x64 Linux, not ${platform} on ${arch}`;
  if (version === undefined) return `there is no ${systemPython}`;
  const isKnown = /^3\.1[12]$/.test(version);
  return isKnown ? undefined : `${systemPython} is ${version}, and the servers need Python 3.11 or 3.12`;
}

/** @param {Server} server */
function folderOf({ name, lock }) {
  const hash = createHash('sha256').update(readFileSync(lock)).digest('hex').slice(0, 16);
  return cacheFolder(`${name}-${hash}`);
}

/** @param {Server} server */
function folderIfMade(server) {
  const folder = folderOf(server);
  return process.env[server.variable] || (existsSync(folder) ? folder : undefined);
}

/** @param {Server} server @returns {Promise<import('./mode.mjs').LeftOut | undefined>} what could not be had */
async function ensure(server) {
  if (folderIfMade(server) !== undefined) return undefined;
  const folder = folderOf(server);
  const commands = ['WASMEDGE_SETUP_BACKENDS=all npm test'];
  const { platform, arch } = process;
  const version = pythonVersion();
  const refused =
    whyNotServe({ platform, arch, version }) ??
    (process.env.WASMEDGE_SETUP_BACKENDS === 'all'
      ? undefined
      : 'not installed, and up to 93 MB to download') ??
    whyNotInstall(true);
  if (refused !== undefined) return { what: server.title, reason: refused, commands };
  const python = await ensurePackages({
    what: `Python, for ${server.title}`,
    works: () =>
      capture(systemPython, [
        '-c',
        `import venv, ensurepip, ctypes; ctypes.CDLL("libpython${version}.so.1.0")`,
      ]).code === 0,
    packages: ['python3-venv', `libpython${version}`],
    elsewhere: 'Install a Python that makes virtual environments, and its shared library.',
  });
  if (python !== undefined) return python;
  console.log(`Setting up ${server.title} in ${folder} ...`);
  const reason = await makeFolder(folder, (unfinished) => install(server, unfinished, version ?? ''));
  return reason === undefined ? undefined : { what: server.title, reason, commands };
}

/** @param {Server} server @param {string} folder @param {string} version */
async function install({ lock, finish }, folder, version) {
  const pip = [
    '-m',
    'pip',
    'install',
    '-q',
    '--disable-pip-version-check',
    '--only-binary',
    ':all:',
    '--no-deps',
  ];
  const made = await run(systemPython, ['-m', 'venv', folder]);
  const code = made || (await run(join(folder, 'bin/python'), [...pip, '-r', lock.pathname]));
  if (code === 0) return finish?.(folder, version);
  return `pip could not install it (exit code ${code}, above): the Python package index may be out of reach`;
}

/** The wheel has a program for each Python, and Triton looks for one in the backend's folder. @param {string} folder @param {string} version */
function putStubBesideBackend(folder, version) {
  const server = join(folder, `lib/python${version}/site-packages/pytriton/tritonserver`);
  const name = 'triton_python_backend_stub';
  const stub = join(server, 'python_backend_stubs', version, name);
  if (!existsSync(stub)) return `the wheel has no ${name} for Python ${version}`;
  copyFileSync(stub, join(server, 'backends/python', name));
  return undefined;
}

/** Such as 3.11. */
function pythonVersion() {
  const { code, stdout } = capture(systemPython, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])']);
  return code === 0 ? stdout.trim() : undefined;
}

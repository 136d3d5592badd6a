// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder, makeFolder } from '../lib/cache.mjs';
import { capture, run } from '../lib/run.mjs';
import { ensurePackages } from './apt.mjs';
import { whyNotInstall } from './mode.mjs';

// The tests that the package onnx of the Python package index has for whoever runs models: written out once for all checkouts. 60 MB to download,
// which are not kept; 12 MB on disk.
const what = 'The tests of the format ONNX, from the Python package onnx';
const script = fileURLToPath(new URL('onnx/export_node_tests.py', import.meta.url));
const lock = fileURLToPath(new URL('onnx/requirements.txt', import.meta.url));
const hash = createHash('sha256').update(readFileSync(script)).update(readFileSync(lock)).digest('hex');
const folder = cacheFolder(`onnx-node-tests-${hash.slice(0, 16)}`);

/** The folder with the tests, if there is one. */
export function onnxNodeTestsFolder() {
  return process.env.WASMEDGE_PLUGINS_ONNX_NODE_TESTS || (existsSync(folder) ? folder : undefined);
}

/**
 * Makes sure of the tests of ONNX, without which its backend is not compared with them.
 * @returns {Promise<import('./mode.mjs').LeftOut | undefined>} what could not be had
 */
export async function ensureOnnxNodeTests() {
  if (onnxNodeTestsFolder() !== undefined) return undefined;
  const venv = `${folder}.venv`;
  const commands = [
    `python3 -m venv ${venv}`,
    `${venv}/bin/pip install --require-hashes -r ${lock}`,
    `${venv}/bin/python ${script} ${folder}`,
  ];
  const refused = whyNotInstall(true);
  if (refused !== undefined) return { what, reason: refused, commands };
  const python = await ensurePackages({
    what: 'Python, for the tests of ONNX',
    works: () => capture('python3', ['-c', 'import venv, ensurepip']).code === 0,
    packages: ['python3-venv'],
    elsewhere: 'Install a Python that makes virtual environments.',
  });
  if (python !== undefined) return python;
  console.log(`Writing the tests of ONNX into ${folder} ...`);
  try {
    const reason = await makeFolder(folder, (unfinished) => write(venv, unfinished));
    return reason === undefined ? undefined : { what, reason, commands };
  } finally {
    rmSync(venv, { recursive: true, force: true });
  }
}

/** @param {string} venv @param {string} unfinished @returns {Promise<string | undefined>} why it failed */
async function write(venv, unfinished) {
  const python = join(venv, 'bin/python');
  const pip = ['-m', 'pip', 'install', '-q', '--disable-pip-version-check', '--require-hashes', '-r', lock];
  const installed = (await run('python3', ['-m', 'venv', venv])) || (await run(python, pip));
  if (installed !== 0) {
    return `pip could not install it (exit code ${installed}, above): the Python package index may be out of reach`;
  }
  const code = await run(python, [script, unfinished]);
  return code === 0 ? undefined : `its tests could not be written (exit code ${code}, above)`;
}

// @ts-check
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tritonFolder } from '../../setup/inference-servers.mjs';
import { backendEnvironment } from '../../setup/setup.mjs';
import { CBaseline } from '../c-baseline.mjs';

const server = fileURLToPath(new URL('triton-program.mjs', import.meta.url));
const client = fileURLToPath(new URL('triton_client.py', import.meta.url));

/**
 * A Triton with the models of the bench, and the program that calls it by Triton's own client in Python.
 * @param {boolean} lies whether the answers of that are to be wrong
 * @returns {Promise<{ grpc: string, http: string, python: CBaseline, close: () => void } | { reason: string }>}
 */
export async function openTriton(lies) {
  const folder = tritonFolder();
  if (folder === undefined) return { reason: 'Triton is not here' };
  const child = fork(server, { env: { ...process.env, ...backendEnvironment() } });
  const ended = once(child, 'exit').then(() => {
    throw new Error('Triton could not be started; what it said is above.');
  });
  const [{ grpc, http }] = /** @type {[{ grpc: string, http: string }]} */ (
    await Promise.race([once(child, 'message'), ended])
  );
  ended.catch(() => {});
  const python = new CBaseline(join(folder, 'bin/python'), [client, grpc, http, ...(lies ? ['--lie'] : [])]);
  const close = () => {
    python.close();
    child.disconnect();
  };
  const refused = await python.refusal();
  if (refused === undefined) return { grpc, http, python, close };
  close();
  return { reason: refused };
}

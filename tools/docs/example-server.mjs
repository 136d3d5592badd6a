// @ts-check
import { join } from 'node:path';
import { repositoryRoot } from '../lib/repository.mjs';
import { backendEnvironment } from '../setup/setup.mjs';
import { lacking } from './needs.mjs';

/** Where examples say that a Triton is. */
const shown = 'localhost:8001';

/**
 * The inference server of the documentation's examples: a Triton with the models of the suites, on a free port. Where there is none, examples that need it are
 * left out.
 */
export async function startExampleServer() {
  if (lacking({ needs: 'triton' }) !== undefined)
    return { addressIn: (/** @type {string} */ code) => code, close: async () => {} };
  Object.assign(process.env, backendEnvironment());
  // Not published, and in TypeScript, which vitest reads.
  const { Triton } = await import(
    join(repositoryRoot, 'packages/wasi-nn-kserve/conformance/servers/triton.ts')
  );
  const triton = await Triton.start({ models: ['add', 'pair'] });
  return {
    /** An example with the address of the server instead of the one that is shown. @param {string} code */
    addressIn: (code) => code.replaceAll(shown, triton.grpc),
    close: () => triton[Symbol.asyncDispose](),
  };
}

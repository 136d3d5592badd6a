import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildStandIn as build } from '@wasmedge-plugins/wasi-nn/conformance';
import { findShim } from '../src/library/find-shim.js';

/** Builds the stand-in of the native plug-in on this package's shim for libtorch; returns its file. */
export async function buildStandIn(): Promise<string> {
  const shim = findShim();
  return build({
    source: new URL('./native/pytorch.c', import.meta.url),
    flags: ['-I', fileURLToPath(new URL('../shim/', import.meta.url)), shim, `-Wl,-rpath,${dirname(shim)}`],
  });
}

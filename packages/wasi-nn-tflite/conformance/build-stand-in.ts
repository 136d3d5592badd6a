import { dirname } from 'node:path';
import { buildStandIn as build } from '@wasmedge-plugins/wasi-nn/conformance';
import { findLibrary } from '../src/library/find-library.js';

/** Builds the stand-in of the native plug-in on TensorFlow Lite's C library; returns its file. */
export async function buildStandIn(): Promise<string> {
  const library = findLibrary();
  return build({
    source: new URL('./native/tensorflow-lite.c', import.meta.url),
    // Searched for the libraries that TensorFlow Lite's needs, too, which the newer kind of entry is not.
    flags: [library, '-Wl,--disable-new-dtags', `-Wl,-rpath,${dirname(library)}`],
  });
}

import { createRequire } from 'node:module';
import type * as Ort from 'onnxruntime-common';

/** A new copy of onnxruntime-web's script: one copy has one WebAssembly module with one memory, which may have trapped. */
export function loadScript(): typeof Ort {
  const require = createRequire(import.meta.url);
  const main = require.resolve('onnxruntime-web');
  // It keeps what is registered there.
  const common = createRequire(main).resolve('onnxruntime-common');
  for (const path of [main, common]) delete require.cache[path];
  return require(main);
}

import { fileURLToPath } from 'node:url';
import { buildStandIn as build } from '@wasmedge-plugins/wasi-nn/conformance';

const native = (name: string) => new URL(`./native/${name}`, import.meta.url);
const others = [
  'computing.c',
  'contexts.c',
  'gguf.c',
  'graphs.c',
  'json.c',
  'llama.c',
  'options.c',
  'tensors.c',
];

/**
 * Builds the stand-in of the native plug-in, which needs no library; returns its file.
 *
 * @param newer whether it answers as the releases of WasmEdge from 0.15 on, whatever libwasmedge is here. Default: as that one.
 */
export async function buildStandIn(newer?: boolean): Promise<string> {
  return build({
    source: native('ggml.c'),
    flags: [
      ...(newer === undefined ? [] : [`-DNEWER_THAN_0_14=${newer ? 1 : 0}`]),
      '-D_GNU_SOURCE',
      ...others.map((name) => fileURLToPath(native(name))),
      '-lm',
    ],
  });
}

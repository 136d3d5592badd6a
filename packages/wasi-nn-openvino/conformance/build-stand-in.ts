import { dirname, join } from 'node:path';
import { buildStandIn as build } from '@wasmedge-plugins/wasi-nn/conformance';
import { findLibrary } from '../src/library/find-library.js';

/**
 * Builds the stand-in of the native plug-in on OpenVINO's C library, whose headers are where its Python package or the system has them;
 * returns its file.
 *
 * @param newer whether it answers as the releases of WasmEdge from 0.15 on, whatever libwasmedge is here.
 */
export async function buildStandIn(newer?: boolean): Promise<string> {
  const library = findLibrary();
  const folder = dirname(library);
  return build({
    source: new URL('./native/openvino.c', import.meta.url),
    flags: [
      ...(newer === undefined ? [] : [`-DNEWER_THAN_0_14=${newer ? 1 : 0}`]),
      '-I',
      join(folder, '../include'),
      library,
      '-Wl,--disable-new-dtags',
      `-Wl,-rpath,${folder}`,
    ],
  });
}

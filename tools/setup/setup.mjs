// @ts-check
import { dirname } from 'node:path';
import { ensureDependencies } from '../lib/dependencies.mjs';
import { ensureCompiler, ensureOpensslHeaders } from './compiler.mjs';
import { findLibwasmedge } from './find-libwasmedge.mjs';
import { ensureLibtorch } from './libtorch.mjs';
import { ensureLibwasmedge } from './libwasmedge.mjs';
import { ensureOpenVino, ensureWasmtime, openVinoFolder, wasmtimePython } from './python-wheels.mjs';
import { ensureTensorFlowLite, tensorFlowLiteFolder } from './tensorflow-lite.mjs';

/**
 * Everything the tests need: packages, compilers, the headers of OpenSSL, libwasmedge and its headers, the libraries
 * of neural networks, wasmtime. Goes on without what cannot be had.
 * @returns {Promise<import('./left-out.mjs').LeftOut[]>} what was left out
 */
export async function setUp() {
  await ensureDependencies();
  const leftOut = [
    await ensureCompiler(),
    await ensureOpensslHeaders(),
    await ensureLibwasmedge(),
    await ensureOpenVino(),
    await ensureTensorFlowLite(),
    await ensureLibtorch(),
    await ensureWasmtime(),
  ];
  return leftOut.filter((each) => each !== undefined);
}

/** Variables that make a libwasmedge outside the system's folders usable by the compiler and the loader. */
export function libwasmedgeEnvironment() {
  const { library, includeFolder } = findLibwasmedge();
  /** @type {Record<string, string>} */
  const variables = {};
  if (includeFolder !== undefined && includeFolder !== '/usr/include') {
    variables.C_INCLUDE_PATH = join(includeFolder, process.env.C_INCLUDE_PATH);
  }
  if (library !== undefined && !library.startsWith('/usr/lib') && !library.startsWith('/lib')) {
    variables.LIBRARY_PATH = join(dirname(library), process.env.LIBRARY_PATH);
    variables.LD_LIBRARY_PATH = join(dirname(library), process.env.LD_LIBRARY_PATH);
  }
  return variables;
}

/** Variables that name the libraries of neural networks, and wasmtime, which the set-up has put into folders of its own. */
export function backendEnvironment() {
  const places = {
    WASMEDGE_PLUGINS_OPENVINO: openVinoFolder(),
    WASMEDGE_PLUGINS_TENSORFLOW_LITE: tensorFlowLiteFolder(),
    WASMEDGE_PLUGINS_WASMTIME: wasmtimePython(),
  };
  return Object.fromEntries(Object.entries(places).filter(([, place]) => place !== undefined));
}

/** @param {string} folder @param {string | undefined} rest */
function join(folder, rest) {
  return rest ? `${folder}:${rest}` : folder;
}

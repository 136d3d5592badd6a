// @ts-check
import { dirname } from 'node:path';
import { ensureDependencies } from '../lib/dependencies.mjs';
import { ensureMLServer, ensureTriton, mlserverFolder, tritonFolder } from './inference-servers.mjs';
import { ensureLibwasmedge, findLibwasmedge } from './libwasmedge.mjs';
import { ensureOnnxNodeTests, onnxNodeTestsFolder } from './onnx-node-tests.mjs';
import { ensureOpenVino, ensureWasmtime, openVinoFolder, wasmtimePython } from './python-wheels.mjs';
import { ensureSpecificationTests, specificationTestsFolder } from './specification-tests.mjs';
import { ensureCompiler, ensureLibtorch, ensureOpensslHeaders, ensureShells } from './system-packages.mjs';
import { ensureTensorFlowLite, tensorFlowLiteFolder } from './tensorflow-lite.mjs';

/** Makes sure of everything the tests need, and goes on without what cannot be had. @returns {Promise<import('./mode.mjs').LeftOut[]>} that */
export async function setUp() {
  await ensureDependencies();
  const leftOut = [
    await ensureCompiler(),
    await ensureOpensslHeaders(),
    await ensureLibwasmedge(),
    await ensureOpenVino(),
    await ensureTensorFlowLite(),
    await ensureOnnxNodeTests(),
    await ensureLibtorch(),
    await ensureWasmtime(),
    await ensureTriton(),
    await ensureMLServer(),
    await ensureShells(),
    await ensureSpecificationTests(),
  ];
  return leftOut.filter((each) => each !== undefined);
}

/** Variables that make a libwasmedge outside the system's folders usable by the compiler and the loader. */
export function libwasmedgeEnvironment() {
  const { library, includeFolder } = findLibwasmedge();
  /** @type {Record<string, string>} */
  const variables = {};
  const prepend = (/** @type {string} */ name, /** @type {string} */ folder) => {
    variables[name] = process.env[name] ? `${folder}:${process.env[name]}` : folder;
  };
  if (includeFolder !== undefined && includeFolder !== '/usr/include')
    prepend('C_INCLUDE_PATH', includeFolder);
  if (library !== undefined && !/^(\/usr)?\/lib/.test(library)) {
    prepend('LIBRARY_PATH', dirname(library));
    prepend('LD_LIBRARY_PATH', dirname(library));
  }
  return variables;
}

/**
 * Variables that name the libraries of neural networks, wasmtime, inference servers and the specification's tests, which the set-up has put
 * into folders of its own.
 */
export function backendEnvironment() {
  const places = {
    WASMEDGE_PLUGINS_OPENVINO: openVinoFolder(),
    WASMEDGE_PLUGINS_TENSORFLOW_LITE: tensorFlowLiteFolder(),
    WASMEDGE_PLUGINS_ONNX_NODE_TESTS: onnxNodeTestsFolder(),
    WASMEDGE_PLUGINS_WASMTIME: wasmtimePython(),
    WASMEDGE_PLUGINS_TRITON: tritonFolder(),
    WASMEDGE_PLUGINS_MLSERVER: mlserverFolder(),
    WASMEDGE_PLUGINS_SPECIFICATION_TESTS: specificationTestsFolder(),
  };
  return Object.fromEntries(Object.entries(places).filter(([, place]) => place !== undefined));
}

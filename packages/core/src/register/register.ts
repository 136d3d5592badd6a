// Made by "npm run register" from the field "wasmedgePlugin" of the packages' package.json files. Change those.
import type { RegisterEntry } from './register-entry.js';

/** WasmEdge name of a plug-in that has a package here. */
export type PluginName = 'wasmedge_httpsreq' | 'wasmedge_process' | 'wasi_crypto' | 'wasi_nn';

/** Name of a backend that has a package here. */
export type BackendName = 'ggml' | 'kserve' | 'onnx' | 'openvino' | 'pytorch' | 'tflite';

/** An encoding of models that a package here loads, as `--nn-preload` names it. */
export type EncodingName = 'ggml' | 'onnx' | 'openvino' | 'pytorch' | 'tensorflowlite';

/** Every package that provides a plug-in or a backend of one, by the name of its folder. */
export const register: readonly RegisterEntry<PluginName, BackendName, EncodingName>[] = [
  {
    packageName: '@wasmedge-plugins/httpsreq',
    name: 'wasmedge_httpsreq',
    title: 'HttpsReq',
    moduleNames: ['wasmedge_httpsreq', 'httpsreq'],
    fileName: 'wasmedgePluginHttpsReq',
    guestCrates: [
      { name: 'http_req_wasi', version: '0.10.2' },
      { name: 'wasmedge_http_req', version: '0.9.0' },
    ],
    release: {
      asset: 'wasmedge_httpsreq',
      since: { 'linux-x64': '0.11.1', 'linux-arm64': '0.11.1' },
      builds: { 'linux-x64': ['manylinux'] },
      until: '0.12.1',
      removedBy: 'WasmEdge#2514',
      buildFlags: ['-DWASMEDGE_PLUGIN_HTTPSREQ=ON'],
      needs: 'OpenSSL',
    },
  },
  {
    packageName: '@wasmedge-plugins/process',
    name: 'wasmedge_process',
    title: 'process',
    moduleNames: ['wasmedge_process'],
    fileName: 'wasmedgePluginWasmEdgeProcess',
    guestCrates: [{ name: 'wasmedge_process_interface', version: '0.2' }],
    release: {
      asset: 'wasmedge_process',
      since: { 'linux-x64': '0.10.0', 'linux-arm64': '0.10.0' },
      until: '0.17.1',
      removedBy: 'WasmEdge#5295',
      inRuntimeArchive: true,
      buildFlags: ['-DWASMEDGE_PLUGIN_PROCESS=ON'],
      needs: 'nothing else',
    },
  },
  {
    packageName: '@wasmedge-plugins/wasi-crypto',
    name: 'wasi_crypto',
    title: 'WASI-Crypto',
    moduleNames: [
      'wasi_ephemeral_crypto_common',
      'wasi_ephemeral_crypto_asymmetric_common',
      'wasi_ephemeral_crypto_kx',
      'wasi_ephemeral_crypto_signatures',
      'wasi_ephemeral_crypto_symmetric',
    ],
    fileName: 'wasmedgePluginWasiCrypto',
    guestCrates: [{ name: 'wasi-crypto-guest', version: '0.1' }],
    release: {
      asset: 'wasi_crypto',
      since: {
        'linux-x64': '0.10.1',
        'linux-arm64': '0.10.1',
        'darwin-x64': '0.14.1',
        'darwin-arm64': '0.14.1',
      },
      buildFlags: ['-DWASMEDGE_PLUGIN_WASI_CRYPTO=ON'],
      needs: 'OpenSSL 1.1 or 3',
    },
  },
  {
    packageName: '@wasmedge-plugins/wasi-nn',
    name: 'wasi_nn',
    title: 'WASI-NN',
    moduleNames: ['wasi_ephemeral_nn'],
    fileName: 'wasmedgePluginWasiNN',
    guestCrates: [
      { name: 'wasi-nn', version: '0.6', since: '0.15.0' },
      { name: 'wasi-nn', version: '0.5', until: '0.14.1' },
    ],
  },
  {
    packageName: '@wasmedge-plugins/wasi-nn-ggml',
    backendOf: 'wasi_nn',
    name: 'ggml',
    encodings: ['ggml'],
    release: {
      asset: 'wasi_nn-ggml',
      since: {
        'linux-x64': '0.13.4',
        'linux-arm64': '0.13.4',
        'darwin-x64': '0.13.4',
        'darwin-arm64': '0.13.4',
      },
      buildFlags: ['-DWASMEDGE_PLUGIN_WASI_NN_BACKEND=GGML', '-DWASMEDGE_PLUGIN_WASI_NN_GGML_LLAMA_BLAS=OFF'],
      needs: 'nothing else',
    },
  },
  { packageName: '@wasmedge-plugins/wasi-nn-kserve', backendOf: 'wasi_nn', name: 'kserve' },
  { packageName: '@wasmedge-plugins/wasi-nn-onnx', backendOf: 'wasi_nn', name: 'onnx', encodings: ['onnx'] },
  {
    packageName: '@wasmedge-plugins/wasi-nn-openvino',
    backendOf: 'wasi_nn',
    name: 'openvino',
    encodings: ['openvino'],
    library: 'openvino',
    release: {
      asset: 'wasi_nn-openvino',
      since: { 'linux-x64': '0.10.1' },
      builds: { 'linux-x64': ['ubuntu20.04'] },
      buildFlags: ['-DWASMEDGE_PLUGIN_WASI_NN_BACKEND=OpenVINO'],
      needs: 'the OpenVINO runtime that WasmEdge was built with',
    },
  },
  {
    packageName: '@wasmedge-plugins/wasi-nn-pytorch',
    backendOf: 'wasi_nn',
    name: 'pytorch',
    encodings: ['pytorch'],
    library: 'torch',
    release: {
      asset: 'wasi_nn-pytorch',
      since: { 'linux-x64': '0.11.1' },
      buildFlags: ['-DWASMEDGE_PLUGIN_WASI_NN_BACKEND=PyTorch'],
      needs: 'the libtorch that WasmEdge was built with',
    },
  },
  {
    packageName: '@wasmedge-plugins/wasi-nn-tflite',
    backendOf: 'wasi_nn',
    name: 'tflite',
    encodings: ['tensorflowlite'],
    library: 'tensorflow-?lite',
    release: {
      asset: 'wasi_nn-tensorflowlite',
      since: {
        'linux-x64': '0.11.2',
        'linux-arm64': '0.11.2',
        'darwin-x64': '0.15.0',
        'darwin-arm64': '0.15.0',
      },
      buildFlags: ['-DWASMEDGE_PLUGIN_WASI_NN_BACKEND=TensorFlowLite'],
      needs: 'libtensorflowlite_c',
    },
  },
];

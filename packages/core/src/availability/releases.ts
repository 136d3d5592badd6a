import type { ReleasedPlatform, ReleasedPlugin } from './released-plugin.js';

/** The newest version of WasmEdge that this table knows. */
export const newestKnownVersion = '0.17.1';

/**
 * Every plug-in that has a package here, and where WasmEdge released it. From the assets of WasmEdge's releases 0.10.0 to 0.17.1 and
 * the documentation of their time; macOS at 0.14.1 from WasmEdge#3636. Data only: what it means is in `plugin-availability.ts`.
 */
export const releasedPlugins: readonly ReleasedPlugin[] = [
  {
    name: 'wasmedge_process',
    asset: 'wasmedge_process',
    packageName: '@wasmedge-plugins/process',
    fileName: 'wasmedgePluginWasmEdgeProcess',
    since: '0.10.0',
    until: '0.17.1',
    removedBy: 'WasmEdge#5295',
    inRuntimeArchive: true,
    platforms: [
      linuxX64('0.10.0', ['manylinux', 'ubuntu20.04'], '0.17.1'),
      linuxArm64('0.10.0', ['manylinux'], '0.17.1'),
    ],
    guestCrates: [{ name: 'wasmedge_process_interface', version: '0.2' }],
    buildFlags: ['-DWASMEDGE_PLUGIN_PROCESS=ON'],
    needs: 'nothing else',
  },
  {
    name: 'wasi_crypto',
    asset: 'wasi_crypto',
    packageName: '@wasmedge-plugins/wasi-crypto',
    fileName: 'wasmedgePluginWasiCrypto',
    since: '0.10.1',
    platforms: [
      linuxX64('0.10.1', ['manylinux', 'ubuntu20.04']),
      linuxArm64('0.10.1', ['manylinux']),
      ...macOS('0.14.1'),
    ],
    guestCrates: [{ name: 'wasi-crypto-guest', version: '0.1' }],
    buildFlags: ['-DWASMEDGE_PLUGIN_WASI_CRYPTO=ON'],
    needs: 'OpenSSL 1.1 or 3',
  },
  {
    name: 'wasi_nn',
    backend: 'openvino',
    asset: 'wasi_nn-openvino',
    packageName: '@wasmedge-plugins/wasi-nn-openvino',
    fileName: 'wasmedgePluginWasiNN',
    since: '0.10.1',
    platforms: [linuxX64('0.10.1', ['ubuntu20.04'])],
    guestCrates: wasiNnCrates(),
    buildFlags: ['-DWASMEDGE_PLUGIN_WASI_NN_BACKEND=OpenVINO'],
    needs: 'the OpenVINO runtime that WasmEdge was built with',
  },
  {
    name: 'wasi_nn',
    backend: 'pytorch',
    asset: 'wasi_nn-pytorch',
    packageName: '@wasmedge-plugins/wasi-nn-pytorch',
    fileName: 'wasmedgePluginWasiNN',
    since: '0.11.1',
    platforms: [linuxX64('0.11.1', ['manylinux', 'ubuntu20.04'])],
    guestCrates: wasiNnCrates(),
    buildFlags: ['-DWASMEDGE_PLUGIN_WASI_NN_BACKEND=PyTorch'],
    needs: 'the libtorch that WasmEdge was built with',
  },
  {
    name: 'wasi_nn',
    backend: 'tflite',
    asset: 'wasi_nn-tensorflowlite',
    packageName: '@wasmedge-plugins/wasi-nn-tflite',
    fileName: 'wasmedgePluginWasiNN',
    since: '0.11.2',
    platforms: [
      linuxX64('0.11.2', ['manylinux', 'ubuntu20.04']),
      linuxArm64('0.11.2', ['manylinux']),
      ...macOS('0.15.0'),
    ],
    guestCrates: wasiNnCrates(),
    buildFlags: ['-DWASMEDGE_PLUGIN_WASI_NN_BACKEND=TensorFlowLite'],
    needs: 'libtensorflowlite_c',
  },
  {
    name: 'wasmedge_httpsreq',
    asset: 'wasmedge_httpsreq',
    packageName: '@wasmedge-plugins/httpsreq',
    fileName: 'wasmedgePluginHttpsReq',
    since: '0.11.1',
    until: '0.12.1',
    removedBy: 'WasmEdge#2514',
    platforms: [linuxX64('0.11.1', ['manylinux'], '0.12.1'), linuxArm64('0.11.1', ['manylinux'], '0.12.1')],
    guestCrates: [
      { name: 'http_req_wasi', version: '0.10.2' },
      { name: 'wasmedge_http_req', version: '0.9.0' },
    ],
    buildFlags: ['-DWASMEDGE_PLUGIN_HTTPSREQ=ON'],
    needs: 'OpenSSL',
  },
];

function linuxX64(since: string, builds: ReleasedPlatform['builds'], until?: string): ReleasedPlatform {
  return { platform: 'linux', arch: 'x64', since, ...(until !== undefined && { until }), builds };
}

function linuxArm64(since: string, builds: ReleasedPlatform['builds'], until?: string): ReleasedPlatform {
  return { ...linuxX64(since, builds, until), arch: 'arm64' };
}

function macOS(since: string): readonly ReleasedPlatform[] {
  return [
    { platform: 'darwin', arch: 'x64', since, builds: ['darwin'] },
    { platform: 'darwin', arch: 'arm64', since, builds: ['darwin'] },
  ];
}

/** Tensor types were renumbered at 0.15.0 (WasmEdge#4068), and the crate's with them. */
function wasiNnCrates(): ReleasedPlugin['guestCrates'] {
  return [
    { name: 'wasi-nn', version: '0.6', since: '0.15.0' },
    { name: 'wasi-nn', version: '0.5', until: '0.14.1' },
  ];
}

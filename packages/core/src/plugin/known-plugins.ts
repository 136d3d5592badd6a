/** A plug-in that WasmEdge releases or released, and the package that provides it here. */
export interface KnownPlugin {
  /** The name WasmEdge knows it by. */
  readonly name: string;
  /** What a person calls it. */
  readonly title: string;
  /** Packages that provide it. Several where there are several backends. */
  readonly packageNames: readonly string[];
  /** Modules that guests import from it. */
  readonly moduleNames: readonly string[];
  /** File names of the released library, without platform prefix and suffix. */
  readonly fileNames: readonly string[];
}

/** All that core knows of the plug-ins: names, so that a missing import can name the package that has it. */
export const knownPlugins: readonly KnownPlugin[] = [
  {
    name: 'wasmedge_process',
    title: 'process',
    packageNames: ['@wasmedge-plugins/process'],
    moduleNames: ['wasmedge_process'],
    fileNames: ['wasmedgePluginWasmEdgeProcess'],
  },
  {
    name: 'wasi_crypto',
    title: 'WASI-Crypto',
    packageNames: ['@wasmedge-plugins/wasi-crypto'],
    moduleNames: [
      'wasi_ephemeral_crypto_common',
      'wasi_ephemeral_crypto_asymmetric_common',
      'wasi_ephemeral_crypto_kx',
      'wasi_ephemeral_crypto_signatures',
      'wasi_ephemeral_crypto_symmetric',
    ],
    fileNames: ['wasmedgePluginWasiCrypto'],
  },
  {
    name: 'wasi_nn',
    title: 'WASI-NN',
    packageNames: [
      '@wasmedge-plugins/wasi-nn-openvino',
      '@wasmedge-plugins/wasi-nn-pytorch',
      '@wasmedge-plugins/wasi-nn-tflite',
    ],
    moduleNames: ['wasi_ephemeral_nn'],
    fileNames: ['wasmedgePluginWasiNN'],
  },
  {
    name: 'wasmedge_httpsreq',
    title: 'HttpsReq',
    packageNames: ['@wasmedge-plugins/httpsreq'],
    moduleNames: ['wasmedge_httpsreq', 'httpsreq'],
    fileNames: ['wasmedgePluginHttpsReq'],
  },
];

/** The known plug-in that provides a module, if one does. */
export function knownPluginForModule(moduleName: string): KnownPlugin | undefined {
  return knownPlugins.find((plugin) => plugin.moduleNames.includes(moduleName));
}

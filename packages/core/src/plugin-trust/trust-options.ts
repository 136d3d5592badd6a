/** Which native plug-ins a runtime may load. A plug-in is vouched for by a pin, the lock file, or a signature. */
export interface NativePluginTrust {
  /**
   * SHA-256 of the files that may be loaded, in hexadecimal, by the plug-in's WasmEdge name; a list if there are several, one for
   * each platform or version. A plug-in named here is loaded only if its hash is one of these. Default: none.
   */
  readonly sha256?: Readonly<Record<string, string | readonly string[]>> | undefined;
  /** A lock file, as `wasmedge-plugins lock` writes it; a plug-in that it names is loaded only if its hash is in it. Default: none. */
  readonly lockFile?: string | URL | undefined;
  /**
   * Ed25519 public keys in PEM form. A file is signed when `<file>.sig` beside it is its signature by one of these keys: 64 bytes, or
   * these in Base64. A signature that none of the keys made is an error. Default: none.
   */
  readonly publicKeys?: readonly string[] | undefined;
  /**
   * What happens to a file that nothing vouches for. `refuse`: an error; `warn`: loaded, with a warning to the logger; `load`: loaded.
   * Default: `refuse` when one of the other options is given, otherwise `load`.
   */
  readonly unverified?: 'refuse' | 'warn' | 'load' | undefined;
}

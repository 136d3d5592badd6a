/** A platform that WasmEdge releases, or released, a native plug-in for. */
export interface PluginRelease {
  /** As in `process.platform`. On Linux only with glibc: there are no releases for musl. */
  readonly platform: 'linux' | 'darwin' | 'win32';
  /** As in `process.arch`. */
  readonly arch: 'x64' | 'arm64';
  /** First version of WasmEdge with it. */
  readonly since: string;
  /** Last version of WasmEdge with it. Default: it is still released. */
  readonly until?: string;
}

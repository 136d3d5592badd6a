/** How the child process of a runtime with `placement: 'process'` is started. */
export interface ChildOptions {
  /**
   * Variables for its environment, besides those that programs need to find their files and libraries: `PATH`, `HOME`, folders of the system and for
   * temporary files, `LANG`, `LC_…` and `TZ`, the search paths of the loader of libraries, certificates, and all that begin with `WASMEDGE_`. Those of
   * the host's others that host modules or native libraries read must be named here, such as `CUDA_VISIBLE_DEVICES`. Guests see none of
   * them; they have `wasi.env`. Default: none.
   */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /**
   * Options of Node.js, for example `['--import', 'tsx']` for host modules that need a loader. The host's own, and its `NODE_OPTIONS`, are not passed
   * on. Default: none.
   */
  readonly execArgv?: readonly string[] | undefined;
}

/** How the child process of a runtime with `placement: 'process'` is started. */
export interface ChildOptions {
  /**
   * Variables for its environment, besides those that programs need to find their files and libraries and the network: `PATH`, `HOME`, folders of the system and for
   * temporary files, `LANG`, `LC_…` and `TZ`, the search paths of the loader of libraries, certificates, proxies (`HTTPS_PROXY`, `NO_PROXY` …), and all that begin with `WASMEDGE_`. Those of
   * the host's others that host modules or native libraries read must be named here, such as `CUDA_VISIBLE_DEVICES`. Guests see none of
   * them; they have `wasi.env`. Default: none.
   */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /**
   * Options of Node.js, for example `['--import', 'tsx']` for host modules that need a loader. The host's own, and its `NODE_OPTIONS`, are not passed
   * on. Default: none.
   */
  readonly execArgv?: readonly string[] | undefined;
  /**
   * Seconds of the processor's time that one child and the commands that it starts may each take in all (`RLIMIT_CPU`), from 1 to 2147483646. Then `SIGXCPU` ends it: a call that runs is rejected with
   * `GuestCrashError`, and the next one gets a fresh child. On Linux only. Default: no bound.
   */
  readonly cpuSeconds?: number | undefined;
}

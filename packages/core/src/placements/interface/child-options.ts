/** How the child process of a runtime with `placement: 'process'` is started. */
export interface ChildOptions {
  /**
   * Variables for its environment, besides those that programs need to find their files, their libraries and the network: `PATH`, `HOME`, system and temporary folders, `LANG`, `LC_…` and
   * `TZ`, the library loader's search paths, certificates, proxies (`HTTPS_PROXY`, `NO_PROXY` …), and all that begin with `WASMEDGE_`. List here any other host variables that host modules
   * or native libraries read, such as `CUDA_VISIBLE_DEVICES`. Guests see none of them; they have `wasi.env`. Default: none.
   */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /**
   * Node.js options, for example `['--import', 'tsx']` for host modules that need a loader. The host's own options and its `NODE_OPTIONS` are not
   * passed on. Default: none.
   */
  readonly execArgv?: readonly string[] | undefined;
  /**
   * Seconds of CPU time that one child, and each command that it starts, may take in all (`RLIMIT_CPU`), from 1 to 2147483646. Then `SIGXCPU` ends it: a running call is rejected with
   * `GuestCrashError`, and the next one gets a fresh child. Linux only. Default: no bound.
   */
  readonly cpuSeconds?: number | undefined;
}

/** The programs of threads and processes that core starts, by the names of their entries in the build. */
export type HelperName =
  | 'blocking-worker'
  | 'compile-worker'
  | 'member-process-worker'
  | 'member-thread-worker'
  | 'parent-watch-worker'
  | 'plugin-probe-worker'
  | 'watchdog-worker';

import type { HelperName } from './helpers/helper-name.js';

// The helpers as one module, whose text a bundle takes along. The line before it says which one is to run.

declare const helperName: Exclude<HelperName, 'blocking-worker'>;

const programs = {
  'compile-worker': () => import('./aot/compile-worker.js'),
  'member-process-worker': () => import('./placements/member/member-process-worker.js'),
  'member-thread-worker': () => import('./placements/member/member-thread-worker.js'),
  'parent-watch-worker': () => import('./placements/member/parent-watch-worker.js'),
  'plugin-probe-worker': () => import('./runtime/plugin-probe-worker.js'),
  'watchdog-worker': () => import('./engines/wasmedge/watchdog-worker.js'),
} as const satisfies Record<typeof helperName, () => Promise<unknown>>;

await programs[helperName]();

import type { BlockingTask } from '@wasmedge-plugins/core';

// Threads load built files only; the sources are compiled next to `dist`.
const location = import.meta.url.endsWith('.ts') ? '../dist/tasks.js' : './tasks.js';

/** The runner, named so that the helper thread can load it. */
export const spawnTask: BlockingTask = {
  moduleUrl: new URL(location, import.meta.url),
  exportName: 'runCommand',
};

import type { BlockingTask } from '@wasmedge-plugins/core';
import { tasksText } from './tasks-text.js';

// Threads load built files only; the sources are compiled next to `dist`.
const own: string | undefined = import.meta.url;
const location = own?.endsWith('.ts') ? '../dist/tasks.js' : './tasks.js';

/** The runner, named so that the helper thread can load it. */
export const spawnTask: BlockingTask = {
  moduleUrl: own && new URL(location, own),
  moduleText: tasksText(),
  exportName: 'runCommand',
};

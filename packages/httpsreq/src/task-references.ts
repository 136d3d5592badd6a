import type { BlockingTask } from '@wasmedge-plugins/core';

// Threads load built files only; the sources are compiled next to `dist`.
const location = import.meta.url.endsWith('.ts') ? '../dist/tasks.js' : './tasks.js';
const moduleUrl = new URL(location, import.meta.url);

/** Makes a request, named so that the helper thread can load it. */
export const exchangeTask: BlockingTask = { moduleUrl, exportName: 'exchange' };

/** Looks a host up on the helper thread. */
export const resolveTask: BlockingTask = { moduleUrl, exportName: 'resolve' };

/** Tells a hook on the helper thread. */
export const tellHookTask: BlockingTask = { moduleUrl, exportName: 'tellHook' };

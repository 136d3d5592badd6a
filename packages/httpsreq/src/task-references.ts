import type { BlockingTask } from '@wasmedge-plugins/core';
import { tasksText } from './tasks-text.js';

// Threads load built files only; the sources are compiled next to `dist`.
const own: string | undefined = import.meta.url;
const location = own?.endsWith('.ts') ? '../dist/tasks.js' : './tasks.js';
const module = { moduleUrl: own && new URL(location, own), moduleText: tasksText() };

/** Makes a request, named so that the helper thread can load it. */
export const exchangeTask: BlockingTask = { ...module, exportName: 'exchange' };

/** Looks a host up on the helper thread. */
export const resolveTask: BlockingTask = { ...module, exportName: 'resolve' };

/** Tells a hook on the helper thread. */
export const tellHookTask: BlockingTask = { ...module, exportName: 'tellHook' };

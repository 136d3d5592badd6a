export type { BlockingCaller, BlockingCallOptions, BlockingTask } from './blocking/blocking-caller.js';

// What the helper thread loads while a guest waits.
export { exchange } from './embedded/exchange.js';
export { resolve } from './embedded/resolve-task.js';
export { tellHook } from './embedded/tell-task.js';

// What the helper thread loads while a guest waits.
export { runCommand } from './embedded/run-command.js';

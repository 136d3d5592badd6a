// What every run of a guest needs; the build keeps it in one file.
export { exitCode, exitCodeFor } from './exit-code.js';
export { printError, printJson } from './output/print.js';
export { readQuickly } from './run/read-quickly.js';
export { run } from './run/run.js';

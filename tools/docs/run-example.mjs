// @ts-check
// Runs an example of the documentation: node run-example.mjs SCRIPT. What it asks by HTTPS is answered here, so that it needs no network.
import { spawn } from 'node:child_process';
import { startExampleNetwork } from './example-network.mjs';

const [script = ''] = process.argv.slice(2);
const { environment, close } = await startExampleNetwork();
const child = spawn(process.execPath, [script], {
  env: { ...process.env, ...environment },
  stdio: ['ignore', 'inherit', 'inherit'],
});
process.once('SIGTERM', () => child.kill('SIGKILL'));
child.once('exit', (code, signal) => {
  close();
  if (signal !== null) console.error(`It was ended by ${signal}.`);
  process.exitCode = code ?? 1;
});

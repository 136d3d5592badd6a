import { spawn } from 'node:child_process';

// Imported by the child process of a native target, so in plain JavaScript.
const upstreamDiffers = 'upstream ends its process';
let runs = 0;

/** One case for each way in which a case and its process can end. */
export const suite = {
  plugin: 'child',
  title: 'Child plug-in',
  module: import.meta.url,
  guests: new URL('./', import.meta.url),
  createPlugin: () => ({ native: { fileName: 'wasmedgePluginChild' } }),
  cases: [
    { name: 'passes', source: 'this file', run: () => undefined },
    {
      name: 'runs in a process that no other case has used',
      source: 'this file',
      run() {
        runs += 1;
        if (runs !== 1 || process.env.CHILD_SUITE_MARK) {
          throw new Error('this process is not new');
        }
        process.env.CHILD_SUITE_MARK = '1';
      },
    },
    {
      name: 'says how many ran in its process',
      source: 'this file',
      run({ ignore }) {
        runs += 1;
        ignore(`run ${runs}`);
      },
    },
    {
      name: 'fails',
      source: 'this file',
      run() {
        throw Object.assign(new TypeError('expected 1, got 2'), { code: 'ERR_EXAMPLE' });
      },
    },
    {
      name: 'fails where upstream differs',
      source: 'this file',
      upstreamDiffers,
      run() {
        throw new Error('as expected');
      },
    },
    { name: 'passes where upstream differs', source: 'this file', upstreamDiffers, run: () => undefined },
    { name: 'is ignored', source: 'this file', run: ({ ignore }) => ignore('no model here', 'models') },
    { name: 'crashes', source: 'this file', run: () => process.kill(process.pid, 'SIGSEGV') },
    {
      name: 'crashes where upstream differs',
      source: 'this file',
      upstreamDiffers,
      run: () => process.kill(process.pid, 'SIGSEGV'),
    },
    {
      name: 'passes and then ends its process badly',
      source: 'this file',
      run() {
        process.once('exit', () => process.kill(process.pid, 'SIGSEGV'));
      },
    },
    {
      name: 'never returns and leaves a child',
      source: 'this file',
      run() {
        const child = spawn('sleep', ['60'], { stdio: 'inherit' });
        process.stdout.write(`child ${child.pid}\n`);
        const until = Date.now() + 60_000;
        while (Date.now() < until);
      },
    },
  ],
};

// A program of its own, since a test runner's standard input is not the test's:  run-on-core.js ENGINE GUEST TASKS ANSWERS
import { readFileSync, writeFileSync } from 'node:fs';
import { createRuntime, type EngineName } from '../../index.js';
import { runScript } from './run-script.js';
import type { Answer, Task } from './step.js';

const [engine, guest = '', tasks = '', answers = ''] = process.argv.slice(2);
const bytes = readFileSync(guest);
const found: Answer[][] = [];
for (const { folder, stdin, steps } of JSON.parse(readFileSync(tasks, 'utf8')) as Task[]) {
  using runtime = await createRuntime({
    engine: engine as EngineName,
    wasi: {
      env: { NAME: 'value' },
      preopens: { '/data': folder },
      stdin: stdin === undefined ? 'inherit' : readFileSync(stdin),
    },
  });
  found.push(runScript(runtime.instantiate(bytes), steps));
}
writeFileSync(answers, JSON.stringify(found));

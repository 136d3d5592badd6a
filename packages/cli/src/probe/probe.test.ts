import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { probe } from './probe.js';

// How a process that tries native code can end, and what is told of it.

const folder = mkdtempSync(join(tmpdir(), 'cli-probe-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const answered = `process.send({ kind: 'library', installation: 1 }, () => {`;

it.each([
  ['never comes back', 'for (;;);', 2000, 'did not finish within 2 seconds'],
  ['answers and does not end', `${answered} for (;;); });`, 2000, 'did not end within 2 seconds'],
  ['is killed', `process.kill(process.pid, 'SIGKILL');`, 30_000, 'ended with SIGKILL'],
  ['aborts after it has answered', `${answered} process.abort(); });`, 30_000, 'ended with SIGABRT'],
  ['ends without an answer', 'process.exit(0);', 30_000, 'ended with exit code 0'],
  ['is not there', undefined, 30_000, 'ended with exit code 1'],
])('a process that %s is told as that', async (name, text, timeoutMs, said) => {
  const file = join(folder, `${name}.mjs`);
  if (text !== undefined) {
    writeFileSync(file, `process.once('message', () => { ${text} });`);
  }
  const answer = await probe({ kind: 'library' }, { program: pathToFileURL(file), timeoutMs });
  expect(answer).toEqual({ kind: 'problem', message: `the process that tried it ${said}` });
});

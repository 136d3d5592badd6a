import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { adder } from '../__fixtures__/engines.js';
import { createRuntime } from '../index.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'piped-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// A child process has other pipes than the one that names them, and would find nothing in this one after it was read here.
it.skipIf(process.platform === 'win32').each(['worker', 'process'] as const)(
  'a guest from a pipe is read by the caller in placement %s',
  async (placement) => {
    await using runtime = await createRuntime({ placement });
    const path = join(folder, placement);
    execFileSync('mkfifo', [path]);
    const instance = runtime.instantiate(path);
    const writer = await open(path, 'w');
    await writer.writeFile(adder);
    await writer.close();
    expect(await (await instance).exports.add?.(3, 4)).toBe(7);
  },
);

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createRuntime, type MemberTask, type PlacedRunOptions } from '../index.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'idempotent-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Notes that it began, and ends its process the first so many times. */
const code = `import { appendFileSync, readFileSync } from 'node:fs';
export function attempt(_, file, deaths) {
  appendFileSync(file, 'x');
  if (readFileSync(file, 'utf8').length <= deaths) process.exit(1);
  return process.pid;
}
export function hang() { return new Promise(() => {}); }
export function fail() { throw new Error('no'); }`;
const module = `data:text/javascript,${encodeURIComponent(code)}`;
const attempt: MemberTask<[file: string, deaths: number], number> = { module, export: 'attempt' };

async function make() {
  const runtime = await createRuntime({ placement: 'process' });
  onTestFinished(() => runtime[Symbol.asyncDispose]());
  return runtime;
}

describe('a call whose process ends', () => {
  const file = () => join(folder, 'attempts');
  const attempts = () => (existsSync(file()) ? readFileSync(file(), 'utf8').length : 0);

  it('is rejected, and made again only when it says that it may be, once', async () => {
    const runtime = await make();
    await expect(runtime.perform(attempt, [file(), 1])).rejects.toMatchObject({ code: 'ERR_GUEST_CRASH' });
    expect(attempts()).toBe(1);
    rmSync(file());
    expect(await runtime.perform(attempt, [file(), 1], { idempotent: true })).toBeTypeOf('number');
    expect(attempts()).toBe(2);
    rmSync(file());
    const twice = runtime.perform(attempt, [file(), 5], { idempotent: true });
    const next = runtime.perform(attempt, [file(), 0]);
    await expect(twice).rejects.toMatchObject({ code: 'ERR_GUEST_CRASH' });
    expect(await next).toBeTypeOf('number');
    expect(attempts()).toBe(3);
  });

  it('is not made again when it was ended, or has failed', async () => {
    const runtime = await make();
    const hang = runtime.perform({ module, export: 'hang' }, [], { idempotent: true, timeoutMs: 300 });
    await expect(hang).rejects.toMatchObject({ code: 'ERR_GUEST_TIMEOUT' });
    const fail = runtime.perform({ module, export: 'fail' }, [], { idempotent: true });
    await expect(fail).rejects.toThrow('no');
  });

  it('has the option checked', async () => {
    const runtime = await make();
    const refused = { code: 'ERR_INVALID_ARGUMENT' };
    const wrong = { idempotent: 'yes' } as unknown as PlacedRunOptions;
    await expect(runtime.run('guest.wasm', wrong)).rejects.toMatchObject(refused);
    await expect(runtime.perform(attempt, ['', 0], wrong as never)).rejects.toMatchObject(refused);
    await expect(runtime.perform(attempt, ['', 0], { idempotente: true } as never)).rejects.toMatchObject(
      refused,
    );
    await expect(runtime.run('guest.wasm', { idempotente: true } as never)).rejects.toThrow(
      'run() has no option idempotente. Did you mean idempotent?',
    );
  });
});

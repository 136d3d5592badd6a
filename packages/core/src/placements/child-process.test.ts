import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { forEngine } from '../__fixtures__/engines.js';
import { createRuntime, type PlacedRuntimeOptions } from '../index.js';

/** A function of a module, from its text. */
const task = (code: string) => ({
  module: `data:text/javascript,export const task = ${encodeURIComponent(code)};`,
  export: 'task',
});

async function make(options: Omit<PlacedRuntimeOptions, 'placement'> = {}) {
  const runtime = await createRuntime({ ...options, placement: 'process' });
  onTestFinished(() => runtime[Symbol.asyncDispose]());
  return runtime;
}

describe('a child process', () => {
  it('gets nothing of the options and variables of the host but what was named', async () => {
    vi.stubEnv('NODE_OPTIONS', '--no-warnings');
    vi.stubEnv('SECRET_OF_HOST', 'x');
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const runtime = await make({ child: { env: { SHOWN: 'y' }, execArgv: ['--no-deprecation'] } });
    const seen = task(
      '() => [process.env.NODE_OPTIONS, process.env.SECRET_OF_HOST, process.env.SHOWN, process.execArgv]',
    );
    expect(await runtime.perform(seen, [])).toEqual([undefined, undefined, 'y', ['--no-deprecation']]);
  });

  it.runIf(process.platform === 'linux')('gains no rights by the programs that it starts', async () => {
    const runtime = await make();
    const status = task(`async () => {
      const { readFileSync } = await import('node:fs');
      return /NoNewPrivs:\\s*(\\d)/.exec(readFileSync('/proc/self/status', 'utf8'))[1];
    }`);
    expect(await runtime.perform(status, [])).toBe('1');
  });

  forEngine('wasmedge', () => {
    it('has the options with which compiled code and V8 live together', async () => {
      const runtime = await make({ engine: 'wasmedge' });
      expect(await runtime.perform(task('() => process.execArgv'), [])).toContain(
        '--wasm-enforce-bounds-checks',
      );
    });
  });

  it('that Node.js cannot start with its options is not told as a crash of the guest', async () => {
    const started = make({ child: { execArgv: ['--no-such-option'] } });
    await expect(started).rejects.toMatchObject({
      code: 'ERR_GUEST_CRASH',
      exitCode: 9, // Node.js, Process exit codes: Invalid Argument
      message: expect.stringContaining(
        'Node.js refuses one of the options in child.execArgv (--no-such-option)',
      ),
    });
  });

  it('has options that are checked', async () => {
    const refused = { code: 'ERR_INVALID_ARGUMENT' };
    const wrong: unknown[] = [
      { placement: 'worker', child: {} },
      { child: {} },
      { placement: 'process', child: { environment: {} } },
      { placement: 'process', child: { env: new Map([['A', '1']]) } },
      { placement: 'process', child: { env: ['A=1'] } },
      { placement: 'process', child: { env: new URLSearchParams('A=1') } },
      { placement: 'process', child: { env: { A: 1 } } },
      { placement: 'process', child: { env: { 'A=B': '1' } } },
      { placement: 'process', child: { execArgv: '--inspect' } },
    ];
    for (const options of wrong) {
      await expect(createRuntime(options as PlacedRuntimeOptions)).rejects.toMatchObject(refused);
    }
  });
});

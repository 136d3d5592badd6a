import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { suite } from './__fixtures__/child-suite.mjs';
import type { CaseOutcome } from './case-result.js';
import { runCase } from './run-suite.js';
import type { Target } from './target.js';

const target: Target = { engine: 'wasmedge', provider: 'native' };

async function outcomeOf(name: string, timeoutMs = 20_000): Promise<CaseOutcome> {
  const conformanceCase = suite.cases.find((entry) => entry.name === name);
  if (conformanceCase === undefined) {
    throw new Error(`there is no case ${name}`);
  }
  return runCase(suite, target, conformanceCase, timeoutMs);
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a case on a native target', () => {
  it('passes', async () => {
    expect(await outcomeOf('passes')).toMatchObject({ status: 'passed', source: 'this file' });
  });

  it('has a process of its own', async () => {
    const name = 'runs in a process that no other case has used';
    expect(await outcomeOf(name)).toMatchObject({ status: 'passed' });
    expect(await outcomeOf(name)).toMatchObject({ status: 'passed' });
  });

  it('brings back the error it failed with', async () => {
    expect(await outcomeOf('fails')).toMatchObject({
      status: 'failed',
      error: { name: 'TypeError', message: 'expected 1, got 2', code: 'ERR_EXAMPLE' },
    });
  });

  it('differs when it fails where upstream is known to, and passes when it does not fail', async () => {
    expect(await outcomeOf('fails where upstream differs')).toMatchObject({
      status: 'differs',
      text: 'upstream ends its process',
      error: { message: 'as expected' },
    });
    expect(await outcomeOf('passes where upstream differs')).toMatchObject({ status: 'passed' });
  });

  it('is ignored with its reason, unless CI_REQUIRE names what it needs', async () => {
    expect(await outcomeOf('is ignored')).toMatchObject({ status: 'ignored', reason: 'no model here' });
    vi.stubEnv('CI_REQUIRE', 'wasmedge, models');
    expect(await outcomeOf('is ignored')).toMatchObject({
      status: 'failed',
      error: { message: expect.stringContaining('no model here') },
    });
  });

  it('may crash without touching anybody else', async () => {
    expect(await outcomeOf('crashes')).toMatchObject({
      status: 'failed',
      error: { code: 'ERR_CONFORMANCE', message: expect.stringContaining('SIGSEGV') },
    });
    expect(await outcomeOf('crashes where upstream differs')).toMatchObject({ status: 'differs' });
  });

  it('fails when its process ends badly after it passed', async () => {
    expect(await outcomeOf('passes and then ends its process badly')).toMatchObject({
      status: 'failed',
      error: { message: expect.stringContaining('SIGSEGV') },
    });
  });

  it('is ended after its time, with what it started', async () => {
    const outcome = await outcomeOf('never returns and leaves a child', 1500);
    expect(outcome).toMatchObject({
      status: 'failed',
      error: { message: expect.stringContaining('1500 ms') },
    });
    const pid = Number(/child (\d+)/.exec(outcome.status === 'failed' ? outcome.error.message : '')?.[1]);
    expect(pid).toBeGreaterThan(0);
    await sleep(200);
    // Gone, or dead and waiting for its new parent.
    expect(processState(pid)).toMatch(/^Z?$/);
  });

  it('says that the package must be built when its suite cannot be imported', async () => {
    const [first] = suite.cases;
    const broken = { ...suite, module: '@wasmedge-plugins/none/conformance' };
    await expect(runCase(broken, target, first as never, 1000)).rejects.toThrow('build its package first');
  });
});

/** The first letter of a process's state as `ps` tells it, or nothing when it is gone. Small systems have no `ps`. */
function processState(pid: number): string {
  if (existsSync('/proc/self/stat')) {
    const file = `/proc/${pid}/stat`;
    // The name before the state may hold spaces and parentheses.
    return existsSync(file) ? (readFileSync(file, 'utf8').split(') ').at(-1)?.[0] ?? '') : '';
  }
  return spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
    .stdout.trim()
    .slice(0, 1);
}

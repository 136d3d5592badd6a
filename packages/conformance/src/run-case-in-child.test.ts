import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { suite } from './__fixtures__/child-suite.mjs';
import type { CaseOutcome } from './case-result.js';
import { runCaseInChild } from './run-case-in-child.js';
import { runSuite } from './run-suite.js';
import { SharedCaseProcess } from './shared-case-process.js';
import type { ConformanceCase } from './suite.js';
import type { Target } from './target.js';

const target: Target = { engine: 'wasmedge', provider: 'native' };

async function outcomeOf(name: string, timeoutMs = 20_000): Promise<CaseOutcome> {
  return runCaseInChild(suite, target, caseNamed(name), timeoutMs);
}

function caseNamed(name: string): ConformanceCase {
  const conformanceCase = suite.cases.find((entry) => entry.name === name);
  if (conformanceCase === undefined) {
    throw new Error(`there is no case ${name}`);
  }
  return conformanceCase as ConformanceCase;
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a case in a process of its own', () => {
  it('passes', async () => {
    expect(await outcomeOf('passes')).toEqual({ status: 'passed' });
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
    await expect(runCaseInChild(broken, target, first as never, 1000)).rejects.toThrow(
      'build its package first',
    );
  });
});

describe('cases that share a process', () => {
  const inTurn = async (...names: string[]): Promise<string[]> => {
    const shared = new SharedCaseProcess();
    const told: string[] = [];
    for (const name of names)
      told.push(await describeOutcome(shared.run(suite, target, caseNamed(name), 20_000)));
    const error = await shared.end();
    return error === undefined ? told : [...told, error.message];
  };

  it('run in one process as long as they pass or are ignored', async () => {
    const counts = 'says how many ran in its process';
    expect(await inTurn(counts, 'is ignored', counts, counts)).toEqual([
      'run 1',
      'no model here',
      'run 2',
      'run 3',
    ]);
  });

  it('are run again in a process of their own when they do not pass, and the next one gets a new process', async () => {
    const counts = 'says how many ran in its process';
    const fresh = 'runs in a process that no other case has used';
    expect(await inTurn(counts, fresh, counts)).toEqual(['run 1', 'passed', 'run 1']);
    expect(await inTurn(counts, 'fails', counts)).toEqual(['run 1', 'expected 1, got 2', 'run 1']);
    expect(await inTurn(counts, 'crashes', counts)).toEqual([
      'run 1',
      expect.stringContaining('SIGSEGV'),
      'run 1',
    ]);
  });

  it('have a process of their own at once where upstream differs', async () => {
    const counts = 'says how many ran in its process';
    const crashes = 'crashes where upstream differs';
    expect(await inTurn(counts, crashes, counts)).toEqual(['run 1', 'upstream ends its process', 'run 2']);
  });

  it('fail as a whole when their process ends badly', async () => {
    const name = 'passes and then ends its process badly';
    expect(await inTurn(name)).toEqual(['passed', expect.stringContaining('SIGSEGV')]);
    const report = await runSuite({ ...suite, cases: [caseNamed(name)] } as never, target);
    expect(report.ok).toBe(false);
    expect(report.cases).toMatchObject([
      { name, source: 'this file', status: 'passed' },
      {
        name: 'the process of the cases exits normally',
        status: 'failed',
        error: { code: 'ERR_CONFORMANCE' },
      },
    ]);
  });
});

async function describeOutcome(running: Promise<CaseOutcome>): Promise<string> {
  const outcome = await running;
  if (outcome.status === 'failed') return outcome.error.message;
  if (outcome.status === 'ignored') return outcome.reason;
  return outcome.status === 'differs' ? outcome.text : outcome.status;
}

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

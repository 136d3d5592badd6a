// @ts-check
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { capture } from '../lib/run.mjs';

const main = fileURLToPath(new URL('main.mjs', import.meta.url));

/** @param {string[]} args */
function bench(...args) {
  return capture(process.execPath, [main, '--no-build', '--quick', ...args]);
}

/**
 * Skips a test where there is no C program to compare with, unless it must be there.
 * @param {string} stdout the bench's JSON
 * @param {(reason: string) => void} skip
 */
function needsC(stdout, skip) {
  const { reason } = JSON.parse(stdout).results[0];
  const absent = JSON.parse(stdout).results[0].verdict === 'not measured';
  if (absent && !process.env.CI_REQUIRE?.includes('wasmedge')) skip(reason);
}

// Each test starts processes and a compiler, on a machine that may be busy.
describe('npm run bench', { timeout: 180_000 }, () => {
  it('prints JSON and nothing else on stdout', () => {
    const { code, stdout } = bench('--json', '--only', 'v8-call-guest', '--check', '--slack', '1000');
    const { machine, results, failures } = JSON.parse(stdout);
    expect(machine.node).toBe(process.version);
    expect(results).toMatchObject([{ id: 'v8-call-guest', rounds: 25, verdict: 'reached' }]);
    expect(failures).toEqual([]);
    expect(code).toBe(0);
  });

  it('writes a page with the machine and the date', () => {
    const page = join(mkdtempSync(join(tmpdir(), 'wasmedge-plugins-page-')), 'figures.md');
    expect(bench('--only', 'v8-call-guest', '--page', page).code).toBe(0);
    const text = readFileSync(page, 'utf8');
    rmSync(dirname(page), { recursive: true });
    expect(text).toMatch(/^# Measured figures\n/);
    expect(text).toContain(`| date | ${new Date().toISOString().slice(0, 10)} |`);
    expect(text).toContain(`| Node.js | ${process.version}, V8 ${process.versions.v8} |`);
    expect(text).toMatch(/^\| {2}\| ours \| baseline \|/m);
    expect(text).toMatch(/^\| v8: [^|]+ \| [^|]+ns[^|]+ \| [^|]+ns/m);
  });

  it('fails with --check when a figure is missed', ({ skip }) => {
    // No call through JavaScript takes a hundredth of what it takes in C.
    const args = ['--json', '--only', 'wasmedge-call-guest', '--slack', '0.01'];
    const { code, stdout } = bench(...args, '--check');
    needsC(stdout, skip);
    expect(JSON.parse(stdout).results[0].verdict).toBe('missed');
    expect(code).toBe(1);
    expect(bench(...args).code).toBe(0);
  });

  it('fails when an answer differs from that of the C program', ({ skip }) => {
    const { code, stdout, stderr } = bench('--json', '--only', 'wasmedge-call-host-2', '--lying-c');
    needsC(stdout, skip);
    expect(JSON.parse(stdout).results[0].verdict).toBe('wrong answer');
    expect(stderr).toContain('wrong answer');
    expect(code).toBe(1);
  });

  it('explains its options when one is wrong', () => {
    const { code, stderr } = bench('--slack', 'much');
    expect(stderr).toContain('--slack takes a number above 0, not much.');
    expect(stderr).toContain('Usage: npm run bench');
    expect(code).toBe(2);
  });
});

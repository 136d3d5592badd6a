import { GuestCrashError } from '@wasmedge-plugins/core';
import { describe, expect, it, vi } from 'vitest';
import { describeWhere } from './__fixtures__/describe-where.js';
import { buildGuests } from './__fixtures__/guests.js';
import { InTerminal, lives, terminalProblem } from './__fixtures__/in-terminal.js';
import { buildRepl } from './__fixtures__/repl-guest.js';
import { runBin } from './__fixtures__/run-bin.js';
import { exitCodeFor } from './exit-code.js';

const guests = await buildGuests();
const repl = await buildRepl();

describe.each(['worker', 'process'])('run --placement %s', (placement) => {
  const run = (...args: string[]) => runBin(['run', '--placement', placement, ...args]);

  it('does what it does in the thread of the command', () => {
    expect(run(guests.exit7)).toEqual({ status: 7, stdout: '', stderr: '' });
    expect(run(guests.hello)).toEqual({ status: 0, stdout: 'hello\n', stderr: '' });
    expect(run(guests.library, 'swap', '-1', '4.5')).toMatchObject({
      status: 0,
      stdout: '4.5\n18446744073709551615\n',
    });
    expect(run(guests.leaver, 'leave')).toEqual({ status: 9, stdout: '', stderr: '' });
    expect(run(guests.trap)).toMatchObject({
      status: 134,
      stderr: expect.stringMatching(/^error: .*trap\.wasm.* unreachable.* \[ERR_GUEST_TRAP\]\n/),
    });
  });

  it('keeps a time limit on engine v8', () => {
    const { status, stderr } = run('--engine', 'v8', '--time-limit', '300', guests.loop);
    expect({ status, stderr }).toMatchObject({
      status: 134,
      stderr: expect.stringContaining('[ERR_GUEST_TIMEOUT]'),
    });
  });
});

it('ends as a shell does for a program whose process a signal has ended', () => {
  expect(exitCodeFor(new GuestCrashError('', { signal: 'SIGSEGV' }))).toBe(139);
  expect(exitCodeFor(new GuestCrashError('', { exitCode: 3 }))).toBe(1);
});

it('refuses a placement that does not exist', () => {
  const { status, stderr } = runBin(['run', '--placement', 'cloud', guests.hello]);
  expect({ status, stderr }).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('inline, worker, process'),
  });
});

describeWhere(terminalProblem, 'in a terminal', () => {
  describe.each(['inline', 'worker', 'process'])('--placement %s', (placement) => {
    it('talks with a person until the end of the input', async () => {
      const terminal = new InTerminal('run', '--placement', placement, repl);
      await terminal.shows('> ');
      for (const line of ['one', 'two']) {
        terminal.type(`${line}\n`);
        await terminal.shows(`got ${line}`);
        await terminal.shows('> ');
      }
      terminal.type('\x04');
      expect(await terminal.ended).toBe(5);
    });

    it.each(['waits for input', 'loops'])(
      'ends a guest that %s at Ctrl-C, and leaves nothing',
      async (what) => {
        const terminal = new InTerminal('run', '--placement', placement, repl);
        await terminal.shows('> ');
        if (what === 'loops') {
          terminal.type('loop\n');
          await terminal.shows('got loop');
        }
        const processes = terminal.processes();
        // The terminal, the command, and its child.
        expect(processes.length).toBeGreaterThanOrEqual(placement === 'process' ? 3 : 2);
        terminal.type('\x03');
        expect(await terminal.ended).toBe(130);
        await vi.waitFor(() => expect(processes.filter(lives)).toEqual([]), {
          timeout: 20_000,
          interval: 50,
        });
      },
    );
  });
});

describe.each(['inline', 'worker', 'process'])('with --placement %s', (placement) => {
  it('reads what is piped to it', () => {
    const { stdout, status } = runBin(['run', '--placement', placement, repl], { input: 'one\n' });
    expect({ stdout, status }).toEqual({ stdout: '- got one\n- ', status: 5 });
  });
});

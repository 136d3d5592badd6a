import { BlockingCallError, BlockingTimeoutError, readOptions } from '@wasmedge-plugins/core';
import { describe, expect, it } from 'vitest';
import { ProcessLimitError } from '../errors.js';
import { type CommandRules, commandOptions } from '../options.js';
import type { Command, CommandOutcome } from './command.js';
import { ProcessSession } from './process-session.js';
import { startMs } from './run-blocking.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const ended: CommandOutcome = {
  kind: 'ended',
  exitCode: 5,
  timedOut: false,
  stdout: bytes('o'),
  stderr: bytes('e'),
};

/** A session whose commands end as the list says, and the commands it ran. */
function sessionWith(
  outcomes: (CommandOutcome | Error)[],
  rules: CommandRules = { allowAllCommands: true, allowEnv: 'all' },
) {
  const commands: Command[] = [];
  const session = new ProcessSession(readOptions('test()', commandOptions, rules), {
    call<Response>(_task: unknown, request: unknown) {
      commands.push(request as Command);
      const outcome = outcomes.shift();
      if (outcome === undefined || outcome instanceof Error) {
        throw outcome;
      }
      return outcome as Response;
    },
  });
  return { session, commands };
}

describe('ProcessSession', () => {
  it('waits only for so long for a command that the system does not even start, as from a file system that does not answer', () => {
    const bounds: unknown[] = [];
    const session = new ProcessSession(readOptions('test()', commandOptions, { allowAllCommands: true }), {
      call(_task: unknown, _request: unknown, options?: { timeoutMs?: number }) {
        bounds.push(options?.timeoutMs);
        throw new BlockingTimeoutError('The thread waits for the system.');
      },
    });
    session.pending.setProgram(bytes('p'));
    session.pending.timeoutMs = 7;
    // 110 is what a command has whose time is over (guest-abi, the process plug-in).
    expect([session.run(), session.stdout, session.stderr]).toEqual([110, bytes(''), bytes('')]);
    expect(bounds).toEqual([7 + startMs]);
  });

  it('hands over what was prepared, with defaults, and starts anew', () => {
    const { session, commands } = sessionWith([ended, ended]);
    session.pending.setProgram(bytes('p'));
    session.pending.addArgument(bytes('a'));
    session.pending.addVariable(bytes('K'), bytes('1'));
    session.pending.addVariable(bytes('K'), bytes('2'));
    session.pending.addStdin(bytes('in'));
    session.pending.timeoutMs = 7;
    expect([session.run(), session.run()]).toEqual([5, 5]);
    const rest = { maxOutputBytes: 256 * 1024 * 1024, searchPath: process.env.PATH };
    expect(commands).toEqual([
      { program: 'p', args: ['a'], env: [['K', '1']], stdin: bytes('in'), timeoutMs: 7, ...rest },
      { program: '', args: [], env: [], stdin: bytes(''), timeoutMs: 10_000, ...rest },
    ]);
  });

  // WasmEdge's plug-in leaves the inputs untouched when it gets no pipe or no process.
  it('keeps what was prepared when the host has no process left', () => {
    const { session, commands } = sessionWith([
      { kind: 'not-started', reason: 'EAGAIN', retry: true },
      ended,
    ]);
    session.pending.setProgram(bytes('p'));
    session.pending.addArgument(bytes('a'));
    expect([session.run(), session.run()]).toEqual([-1, 5]);
    expect(commands[1]).toEqual(commands[0]);
  });

  it.each([
    ['NUL', [97, 0]],
    ['0xFF', [0xff]],
    ['half a surrogate pair', [0xed, 0xa0, 0x80]],
    ['an overlong slash', [0xc0, 0xaf]],
  ])('does not start a command with %s in a name, an argument, a key or a value', (_name, bad) => {
    const { session, commands } = sessionWith([]);
    const broken = Uint8Array.from(bad);
    const fill = [
      () => session.pending.setProgram(broken),
      () => session.pending.addArgument(broken),
      () => session.pending.addVariable(broken, bytes('v')),
      () => session.pending.addVariable(bytes('k'), broken),
    ];
    for (const prepare of fill) {
      prepare();
      expect(session.run()).toBe(-1);
      expect(session.stdout.byteLength).toBe(0);
      expect(new TextDecoder().decode(session.stderr)).toMatch(/not UTF-8|cannot be the name/);
    }
    expect(commands).toEqual([]);
  });

  // The rules for names are those of `variable-gate.test.ts`.
  it('refuses a variable as it refuses a command, and forgets what was prepared', () => {
    const { session, commands } = sessionWith([ended], { allowCommands: ['p'] });
    const refusedBy = (name: string) => {
      session.pending.setProgram(bytes('p'));
      session.pending.addVariable(bytes('A'), bytes('1'));
      session.pending.addVariable(bytes(name), bytes('v'));
      expect([session.run(), session.exitCode, session.stdout.byteLength]).toEqual([-1, -1, 0]);
      return new TextDecoder().decode(session.stderr);
    };
    expect(refusedBy('LD_PRELOAD')).toMatch(
      /^Permission denied: .*"LD_PRELOAD".*--allow-env=LD_PRELOAD .*\n$/,
    );
    expect(refusedBy('LD_PRELOAD=x')).toMatch(/^Permission denied: "LD_PRELOAD=x" cannot be the name/);
    expect(refusedBy('')).toMatch(/^Permission denied: "" cannot be the name/);
    session.pending.setProgram(bytes('p'));
    expect(session.run()).toBe(5);
    expect(commands).toMatchObject([{ program: 'p', env: [] }]);
  });

  it('tells the command first that is not allowed, whatever its variables are', () => {
    const { session } = sessionWith([], { allowCommands: ['p'] });
    session.pending.setProgram(bytes('q'));
    session.pending.addVariable(bytes('LD_PRELOAD'), bytes('v'));
    session.run();
    expect(new TextDecoder().decode(session.stderr)).toContain('Command "q" is not in the white list');
  });

  // execve(2): more than 6 MiB of arguments and environment are E2BIG on every Linux, and so on systems that take less.
  it('starts nothing for arguments that no system takes', () => {
    const { session, commands } = sessionWith([]);
    const tooMany = [
      () => session.pending.addArgument(new Uint8Array(6 << 20)),
      () => session.pending.addVariable(bytes('A'), new Uint8Array(6 << 20)),
      () => {
        for (let count = 0; count < 700_000; count += 1) session.pending.addArgument(new Uint8Array(0));
      },
    ];
    for (const prepare of tooMany) {
      prepare();
      expect(session.run()).toBe(-1);
      expect(new TextDecoder().decode(session.stderr)).toContain('E2BIG');
    }
    expect(commands).toEqual([]);
  });

  it('shows no more than the beginning of a very long name', () => {
    const { session } = sessionWith([], {});
    session.pending.setProgram(new Uint8Array(100 << 20).fill(0x78));
    expect(session.run()).toBe(-1);
    expect(session.stderr.byteLength).toBeLessThan(20_000);
    expect(new TextDecoder().decode(session.stderr.subarray(0, 50))).toContain('Command "xxx');
  });

  it('passes a byte order mark and other odd characters on', () => {
    const { session, commands } = sessionWith([ended]);
    session.pending.addArgument(bytes('\ufeffa\u2028\u{1f600}'));
    session.run();
    expect(commands[0]?.args).toEqual(['\ufeffa\u2028\u{1f600}']);
  });

  it('tells -1 and no output after an error of the runner, which it passes on', () => {
    const failure = new BlockingCallError('no thread');
    const { session } = sessionWith([ended, failure, { kind: 'too-much-output', stream: 'stdout' }]);
    session.run();
    expect(() => session.run()).toThrow(failure);
    expect([session.exitCode, session.stdout.byteLength, session.stderr.byteLength]).toEqual([-1, 0, 0]);
    expect(() => session.run()).toThrow(ProcessLimitError);
    expect(() => session.run()).toThrow();
  });

  it('counts every byte and every entry that waits, and forgets them with the run', () => {
    const { session } = sessionWith([ended, ended], { allowAllCommands: true, maxPendingBytes: 1000 });
    for (const round of [1, 2]) {
      session.pending.addStdin(new Uint8Array(900));
      expect(() => session.pending.addStdin(new Uint8Array(101)), `round ${round}`).toThrow(
        ProcessLimitError,
      );
      expect(() => session.pending.addArgument(new Uint8Array(0))).toThrow(ProcessLimitError);
      expect(() => session.pending.addVariable(bytes('k'), bytes(''))).toThrow(ProcessLimitError);
      expect(() => session.pending.setProgram(new Uint8Array(101))).toThrow(ProcessLimitError);
      session.pending.addStdin(new Uint8Array(100));
      session.run();
    }
  });

  it('counts a program name once when it is replaced', () => {
    const { session } = sessionWith([], { maxPendingBytes: 1000 });
    for (let round = 0; round < 10; round += 1) {
      session.pending.setProgram(new Uint8Array(900));
    }
    expect(() => session.pending.addStdin(new Uint8Array(101))).toThrow(ProcessLimitError);
  });
});

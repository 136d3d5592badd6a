import { expect, test } from 'vitest';
import { adviceForCrash, adviceForStart } from './advice-for-process.js';

const limits = { memoryBytes: 1 << 20 };

test('a process that does not start is told by the options that may have kept it from it', () => {
  const child = { execArgv: ['--nonsense'] };
  // Node.js, Process exit codes: 9 is an invalid option.
  expect(adviceForStart({ exitCode: 9 }, { child, limits: {} })).toContain('child.execArgv (--nonsense)');
  expect(adviceForStart({ signal: 'SIGTRAP' }, { child, limits })).toMatch(
    /^Raise limits\.memoryBytes \(1048576\), .*, or check child\.execArgv \(--nonsense\); look/,
  );
  expect(adviceForStart({ exitCode: 1 }, { child: {}, limits: {} })).toBe('Look at what it wrote to stderr.');
  expect(adviceForStart({ error: new Error() }, { child, limits })).toBe('See the cause.');
});

test('a process that V8 or the kernel ended may have reached its bound on memory', () => {
  for (const signal of ['SIGABRT', 'SIGTRAP', 'SIGKILL']) {
    expect(adviceForCrash({ signal }, { limits })).toContain('limits.memoryBytes (1048576)');
    expect(adviceForCrash({ signal }, { limits: {} })).toBeUndefined();
  }
  expect(adviceForCrash({ signal: 'SIGSEGV' }, { limits })).toBeUndefined();
  expect(adviceForCrash({ exitCode: 1 }, { limits })).toBeUndefined();
});

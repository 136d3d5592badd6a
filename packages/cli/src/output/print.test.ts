import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { buildGuest } from '../__fixtures__/guests.js';
import { runBin } from '../__fixtures__/run-bin.js';
import { examinePlugins } from '../doctor/examine-plugins.js';
import { formatDoctor } from '../doctor/format-doctor.js';
import { formatFile } from '../native-file/format-file.js';
import { formatReport } from '../run/format-report.js';
import { formatError } from './format-error.js';
import { safeJson, toJson } from './to-json.js';

const guest = await buildGuest('(module (func (export "_start")))');
const source = fileURLToPath(new URL('..', import.meta.url));

describe('what is printed', () => {
  it('is printed in one place, which makes it printable', () => {
    const printing = readdirSync(source, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('__fixtures__'))
      .filter((file) =>
        /console\.|process\.std(out|err)\b|\.write\(/.test(readFileSync(`${source}/${file}`, 'utf8')),
      );
    // Progress draws over itself; its texts are made printable in it. What prepares a run only asks whether there is a terminal.
    expect(printing.sort()).toEqual([
      'compile/compile-progress.ts',
      'install/progress.ts',
      'output/print.ts',
      'run/prepare-run.ts',
    ]);
  });
});

describe('the command', () => {
  const escaping = 'g\u001b]0;title\u0007\u009b31m\u202euest';

  it.each([
    ['run', [`${escaping}.wasm`], 1],
    ['run', [`--lock-file=${escaping}`, '--refuse-unverified', guest], 1],
    ['run', [`--${escaping}`, guest], 2],
    ['inspect', [escaping], 1],
    ['verify', ['--lock-file', escaping], 1],
    ['install', [escaping], 2],
  ] as const)(
    'shows the escape sequences in the output of %s, case %#, and obeys none',
    (command, args, status) => {
      const result = runBin([command, ...args]);
      expect(result.status).toBe(status);
      const text = `${result.stdout}${result.stderr}`;
      expect(text).toContain('g\\x1b]0;title\\x07\\x9b31m\\u202euest');
      expect(text).not.toMatch(/(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    },
  );

  it("leaves a guest's own output as it is", async () => {
    const writer = await buildGuest(`(module
      (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
      (memory (export "memory") 1) (data (i32.const 8) "\\1b[31m") (data (i32.const 0) "\\08\\00\\00\\00\\05\\00\\00\\00")
      (func (export "_start")
        (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 16)))
        (drop (call $write (i32.const 2) (i32.const 0) (i32.const 1) (i32.const 16)))))`);
    expect(runBin(['run', writer])).toEqual({ status: 0, stdout: '\u001b[31m', stderr: '\u001b[31m' });
  });
});

describe('a name with a line feed', () => {
  const name = 'evil\nok: libgood.so';
  const lines = (text: string) => text.split('\n').filter((line) => line.startsWith('ok:'));

  it('makes no line of its own in reports', async () => {
    const file = { path: name, name, loads: true, problems: [], warnings: [name] };
    const machine = { platform: 'linux', arch: 'x64', libc: undefined, translated: false } as const;
    const library = { path: name, version: name, pluginPlaces: [name], hasCompiler: true };
    const engines = [{ name: 'wasmedge', available: true, ...library }] as const;
    const plugins = await examinePlugins(machine, library, { files: [file], notTried: [name] });
    const texts = [
      formatDoctor({
        ok: true,
        machine: { node: '20', ...machine },
        engines,
        plugins,
        files: [file],
        notTried: [name],
        compiledCode: { directory: name, entries: 1, bytes: 1, problem: name },
        servers: [
          {
            name,
            address: name,
            problem: name,
            isReady: true,
            software: name,
            models: [name],
            extensions: [name],
          },
        ],
      }),
      formatFile(file, { machine, library, libraryProblem: undefined }),
      formatReport({
        engine: 'wasmedge',
        engineReason: '',
        plugins: [{ name, provider: 'native', reason: '', path: name, modules: [name] }],
      }),
      formatError(new Error(`The file ${name} is not there.`, { cause: new Error(name) }), false),
      formatError(new Error(name), true),
    ];
    for (const text of texts) {
      expect(text).toContain('evil');
      expect(lines(text), text).toEqual([]);
    }
  });
});

describe('JSON', () => {
  // RFC 8259, section 7: any character may be escaped as \uXXXX.
  const value = {
    name: 'a\u001b[31m\u007f\u009b1m\u202e\u2028\ufeff\u{e0041}',
    count: 2n ** 63n,
    sign: 'größe 😀',
  };

  it('has no character that a terminal obeys, and says the same', () => {
    const text = toJson(value);
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(JSON.parse(text)).toEqual({ ...value, count: '9223372036854775808' });
    expect(text).toContain('größe 😀');
  });

  it('that somebody else has written too', () => {
    expect(safeJson(JSON.stringify('\u009b'))).toBe('"\\u009b"');
  });
});

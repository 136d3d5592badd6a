import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { forEngine } from '../../../__fixtures__/engines.js';
import { wat } from '../../../__fixtures__/wat.js';
import { workerUrl } from '../../../helpers/worker-url.js';
import { openLibrary } from '../../../native/library.js';

// After the call it uses another import, its memory and a global: 7 + 5 + 10, and what the call gave.
const outer =
  wat(`(module (import "host" "call" (func $call (result i32))) (import "host" "other" (func $other (result i32)))
  (memory 1) (global $g (mut i32) (i32.const 10))
  (func (export "sum") (result i32) (local $n i32)
    (local.set $n (call $call)) (i32.store (i32.const 0) (i32.const 5))
    (i32.add (local.get $n) (i32.add (call $other) (i32.add (i32.load (i32.const 0)) (global.get $g))))))`);
const inner = wat(`(module (memory 1)
  (func (export "one") (result i32) (i32.store (i32.const 0) (i32.const 1)) (i32.load (i32.const 0))))`);
const program = fileURLToPath(workerUrl('nested-code-worker') as URL);

function run(what: 'guarded' | 'unguarded') {
  const args = [outer, inner].map((bytes) => Buffer.from(bytes).toString('base64'));
  const { status, signal, stdout } = spawnSync(process.execPath, [program, what, ...args], {
    encoding: 'utf8',
  });
  return { end: signal ?? status, stdout };
}

forEngine('wasmedge', () => {
  const nests = openLibrary(undefined).nestsCompiledCode;

  describe('compiled code that a host function calls for compiled code', () => {
    it('runs where libwasmedge goes on rightly, and is refused where it does not', () => {
      const said = nests ? 'sum: 23\n' : 'refused: ERR_UNSUPPORTED_BY_ENGINE\nsum: 22\n';
      expect(run('guarded')).toEqual({ end: 0, stdout: said });
    });

    // What shows that the guard is needed.
    it.skipIf(nests)('has the outer guest go on wrongly where it is not refused', () => {
      const { end, stdout } = run('unguarded');
      expect(stdout).not.toContain('refused');
      expect({ end, stdout }).not.toEqual({ end: 0, stdout: 'sum: 23\n' });
    });
  });
});

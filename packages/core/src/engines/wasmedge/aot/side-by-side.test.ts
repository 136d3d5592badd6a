import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { forEngine } from '../../../__fixtures__/engines.js';
import { wat } from '../../../__fixtures__/wat.js';
import { workerUrl } from '../../../helpers/worker-url.js';
import { missingFlags, sideBySideFlags } from './side-by-side.js';

const guest = wat(`(module (import "host" "call" (func $call)) (memory 1)
  (func (export "call") (call $call))
  (func (export "trap") (drop (i32.load (i32.const -1))))
  (func (export "spin") (local $n i32) (call $call) (loop $l
    (i32.store (i32.const 8) (local.tee $n (i32.add (local.get $n) (i32.const 1))))
    (br_if $l (i32.lt_u (local.get $n) (i32.const 300000000)))))
  (func $recurse (export "recurse") (result i32)
    (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (call $recurse))) (i32.load (i32.const 0))))`);
const onV8 = wat('(module (memory 1) (func (export "trap") (drop (i32.load (i32.const -1)))))');
const program = fileURLToPath(workerUrl('beside-v8-worker') as URL);
const flags = sideBySideFlags();
const major = Number.parseInt(process.versions.node, 10);

function hasProtectionKeys(): boolean {
  return process.platform === 'linux' && / pku /.test(readFileSync('/proc/cpuinfo', 'latin1'));
}

/** How compiled code goes beside V8 in a process that was started with these options. */
function run(what: string, options: readonly string[], variable = '') {
  const args = [guest, onV8].map((bytes) => Buffer.from(bytes).toString('base64'));
  const { status, signal, stdout } = spawnSync(process.execPath, [...options, program, what, ...args], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: variable },
  });
  return { end: signal ?? status, stdout };
}

const survives = { end: 0, stdout: expect.stringMatching(/survived\n$/) };

forEngine('wasmedge', () => {
  describe('V8 and compiled code', () => {
    it.each(['after', 'inside', 'thread'])('go together with the options: a trap on V8 %s', (what) => {
      const { end, stdout } = run(what, flags);
      expect({ end, stdout }).toEqual(survives);
      expect(stdout).toMatch(/trap: .*memory out of bounds/);
      expect(stdout).toMatch(/V8: memory access out of bounds/);
    });

    it('go together with the option of Node.js too', () => {
      const keys = flags.slice(1);
      expect(run('after', ['--disable-wasm-trap-handler', ...keys])).toEqual(survives);
      expect(run('inside', ['--disable-wasm-trap-handler', ...keys])).toEqual(survives);
    });

    // What shows that the option is needed: these processes die.
    it.skipIf(process.platform !== 'linux' || major >= 24)('do not without: a trap on V8 after one', () => {
      expect(run('after', flags.slice(1)).end).not.toBe(0);
    });
    it.skipIf(process.platform !== 'linux')('do not without: a trap on V8 inside a host function', () => {
      expect(run('inside', flags.slice(1)).end).not.toBe(0);
    });

    it.skipIf(process.platform !== 'linux')(
      'do not without: a trap on V8 while another thread runs it',
      () => {
        expect(run('thread', flags.slice(1)).end).not.toBe(0);
      },
    );
    it('do not without: V8 after a trap, by protection keys', ({ skip }) => {
      if (major >= 22) skip('Node.js from 22 on has no option for protection keys');
      if (!hasProtectionKeys()) skip('this processor has no protection keys');
      expect(run('after', flags.slice(0, 1)).end).not.toBe(0);
    });

    it('refuse to be together in a process that is not to be lost, unless it was started with the options', () => {
      for (const options of [[], ['--wasm-enforce-bounds-checks'], ['--no-wasm-memory-protection-keys']]) {
        if (major >= 22 && options.length > 0) continue;
        const { end, stdout } = run('inline', options);
        expect(end).toBe(0);
        expect(stdout).toMatch(/^refused: ERR_UNSAFE_AOT .*Start Node\.js with --/);
      }
      expect(run('inline', flags)).toEqual(survives);
      expect(run('inline', flags.slice(1), '--disable-wasm-trap-handler')).toEqual(survives);
    });

    it('refuse a limit that needs somebody who stops compiled code', () => {
      expect(run('limited', flags).stdout).toMatch(/^refused: ERR_UNSUPPORTED_BY_ENGINE limits\.timeoutMs/);
    });

    it('end with a guest that recurses for ever', () => {
      const { end, stdout } = run('deep', flags);
      expect(end).toBe('SIGSEGV');
      expect(stdout).toMatch(/trap: /);
    });
  });
});

describe('missingFlags', () => {
  const both = ['--wasm-enforce-bounds-checks', '--no-wasm-memory-protection-keys'];

  it('knows what the process was started with, in any spelling', () => {
    expect(missingFlags([], '20.19.0')).toEqual(both);
    expect(missingFlags(both, '20.19.0')).toEqual([]);
    expect(missingFlags(['--wasm_enforce_bounds_checks', '--inspect'], '20.19.0')).toEqual(both.slice(1));
    expect(missingFlags([], '24.0.0')).toEqual(both.slice(0, 1));
    expect(missingFlags(['--disable-wasm-trap-handler'], '26.1.0')).toEqual([]);
  });

  it('does not count what was taken back', () => {
    expect(missingFlags([...both, '--no-wasm-enforce-bounds-checks'], '20.19.0')).toEqual(both.slice(0, 1));
    expect(missingFlags([...both, '--wasm-memory-protection-keys'], '20.19.0')).toEqual(both.slice(1));
  });
});

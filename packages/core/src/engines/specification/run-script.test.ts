import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { wat } from '../../__fixtures__/wat.js';
import { PlainHost } from './plain-host.js';
import { runScript } from './run-script.js';
import type { Command } from './script.js';

const modules = {
  good: '(module (func (export "one") (result i32) i32.const 1) (func (export "stop") unreachable) (global (export "g") i32 (i32.const 5)))',
  imports: '(module (import "good" "one" (func (result i32))) (export "one" (func 0)))',
  missing: '(module (import "good" "two" (func)))',
  stops: '(module (func $stop unreachable) (start $stop))',
  fine: '(module)',
};
const one = { type: 'invoke', field: 'one' } as const;
const stop = { type: 'invoke', field: 'stop' } as const;
const i32 = (value: string) => [{ type: 'i32', value }] as const;

/** What a command becomes after these: a module that was registered, and one that imports from it. */
function outcomeOf(command: object): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'wasmedge-plugins-script-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, source] of Object.entries(modules)) writeFileSync(join(folder, name), wat(source));
  writeFileSync(join(folder, 'broken'), 'no module');
  const commands = [
    { type: 'module', line: 1, filename: 'good' },
    { type: 'register', line: 2, as: 'good' },
    { line: 3, ...command },
  ] as Command[];
  using host = new PlainHost();
  const outcomes = runScript({ name: 'script', folder, commands }, host);
  return outcomes
    .map(({ result, reason }) => (reason === undefined ? result : `${result}: ${reason}`))
    .at(-1);
}

it.each([
  ['a result', { type: 'assert_return', action: one, expected: i32('1') }],
  ['a global', { type: 'assert_return', action: { type: 'get', field: 'g' }, expected: i32('5') }],
  ['a module that imports', { type: 'module', filename: 'imports' }],
  ['a call', { type: 'action', action: one }],
  ['a trap', { type: 'assert_trap', action: stop, text: 'unreachable' }],
  ['a start that traps', { type: 'assert_uninstantiable', filename: 'stops', text: 'unreachable' }],
  ['an import that is missing', { type: 'assert_unlinkable', filename: 'missing' }],
  ['what is no module', { type: 'assert_malformed', filename: 'broken' }],
  ['what is not valid', { type: 'assert_invalid', filename: 'broken' }],
])('passes %s', (_what, command) => {
  expect(outcomeOf(command)).toBe('passed');
});

it.each([
  ['another result', { type: 'assert_return', action: one, expected: i32('2') }, /failed: 0x1/],
  ['a result too few', { type: 'assert_return', action: stop, expected: [] }, /failed: trap/],
  ['one that is there and should not', { type: 'assert_return', action: one, expected: [] }, /failed: 0x/],
  ['a call that traps', { type: 'action', action: stop }, /failed: trap/],
  ['no trap', { type: 'assert_trap', action: one, text: 'unreachable' }, /not refused as unreachable/],
  [
    'no endless recursion',
    { type: 'assert_exhaustion', action: one, text: 'call stack exhausted' },
    /not refused/,
  ],
  [
    'a start that returns',
    { type: 'assert_uninstantiable', filename: 'fine', text: 'unreachable' },
    /not refused/,
  ],
  [
    'imports that are all there',
    { type: 'assert_unlinkable', filename: 'imports' },
    /not refused as unlinkable/,
  ],
  ['a module', { type: 'assert_malformed', filename: 'fine' }, /not refused as invalid/],
  ['a valid module', { type: 'assert_invalid', filename: 'fine' }, /not refused as invalid/],
  [
    'a trap where an import is to be missing',
    { type: 'assert_unlinkable', filename: 'stops' },
    /failed: trap/,
  ],
  ['a module that cannot be linked', { type: 'module', filename: 'missing' }, /failed: unlinkable/],
  ['a name for no module', { type: 'register', name: '$none', as: 'none' }, /was not instantiated/],
  [
    'a text',
    { type: 'assert_malformed', filename: 'fine', module_type: 'text' },
    /^left out: a module as text$/,
  ],
])('does not pass %s', (_what, command, outcome) => {
  expect(outcomeOf(command)).toMatch(outcome);
});

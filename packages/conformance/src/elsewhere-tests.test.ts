import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { hostFunction, hostModule } from '@wasmedge-plugins/core';
import { afterAll, expect, it } from 'vitest';
import { compareElsewhere } from './elsewhere-tests.js';

// (module (import "env" "value" (func $value (result i32))) (export "value" (func $value)))
const wasm = Buffer.from('AGFzbQEAAAABBQFgAAF/Ag0BA2VudgV2YWx1ZQAABwkBBXZhbHVlAAA=', 'base64');
const folder = mkdtempSync(join(tmpdir(), 'elsewhere-tests-'));
writeFileSync(join(folder, 'value.wasm'), wasm);
afterAll(() => rmSync(folder, { recursive: true }));
const core = pathToFileURL(createRequire(import.meta.url).resolve('@wasmedge-plugins/core')).href;

/** A case whose host module gives 1 inline, and something else in a thread. */
function caseWith(elsewhere: string) {
  const code = `import { hostFunction, hostModule } from '${core}';
    export const env = () => hostModule('env', { value: hostFunction([], ['i32'], () => { ${elsewhere} }) });`;
  const module = `data:text/javascript,${encodeURIComponent(code)}`;
  const env = hostModule(
    'env',
    { value: hostFunction([], ['i32'], () => 1) },
    { exportedAs: { module, export: 'env' } },
  );
  const guest = pathToFileURL(join(folder, 'value.wasm'));
  return { name: 'any', hostModules: [env], guest, calls: [['value']] as const, expected: { done: [1] } };
}

it('is content with the same inline and in a thread', () => compareElsewhere('v8', caseWith('return 1')));

it.each([
  ['another answer', 'return 2', /to deeply equal/],
  ['an error', "throw new Error('not here')", /to deeply equal/],
  ['an end of the thread', 'process.exit(3)', /exit code 3/],
])('tells of %s in a thread', async (_what, elsewhere, message) => {
  await expect(compareElsewhere('v8', caseWith(elsewhere))).rejects.toThrow(message);
});

it('tells of another answer than was expected, inline', async () => {
  const each = { ...caseWith('return 2'), expected: { done: [2] } };
  await expect(compareElsewhere('v8', each)).rejects.toThrow(/to match object/);
});

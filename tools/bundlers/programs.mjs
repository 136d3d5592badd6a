// @ts-check
/** What a program of somebody who installed the packages may look like, in both kinds of modules. */

const body = `
const placements = [{}, { engine: 'wasmedge', limits: { timeoutMs: 20000 } }, { placement: 'worker' }, { placement: 'process' }];

async function runEverywhere() {
  const answers = [];
  for (const options of placements) {
    const runtime = await createRuntime({ ...options, wasi: { stdout: 'capture' } });
    answers.push(await runtime.run(process.env.GUESTS + '/hello.wasm'));
    await (runtime[Symbol.asyncDispose] ?? runtime[Symbol.dispose]).call(runtime);
  }
  const client = createProcessClient({ allowCommands: ['echo'] });
  answers.push(new TextDecoder().decode(client.run('echo', ['hello']).stdout).trim());
  client[Symbol.dispose]();
  return answers.join(' ');
}
`;

const imports = `import { createRuntime } from '@wasmedge-plugins/core';
import { createProcessClient } from '@wasmedge-plugins/process';
`;
const requires = `const { createRuntime } = require('@wasmedge-plugins/core');
const { createProcessClient } = require('@wasmedge-plugins/process');
`;
const print = 'runEverywhere().then(console.log);\n';
const test = `test('runs', async () => {
  expect(await runEverywhere()).toBe('0 0 0 0 hello');
}, 60_000);
`;

/** By the names of their files. */
export const programs = {
  'program.cjs': `${requires}${body}${print}`,
  'program.mts': `${imports}${body.replace('answers = []', 'answers: (string | number)[] = []')}${print}`,
  'program.cts': `${imports}${body.replace('answers = []', 'answers: (string | number)[] = []')}${print}`,
  'jest.test.mjs': `${imports}${body}${test}`,
  'jest.test.cjs': `${requires}${body}${test}`,
  'vitest.test.ts': `import { expect, test } from 'vitest';\n${imports}${body}${test}`,
  'jest-transform.cjs': `const { transformSync } = require('esbuild');

exports.process = (text, sourcefile) =>
  transformSync(text, { format: 'cjs', target: 'node20', supported: { 'dynamic-import': false }, sourcefile });
`,
  'model.mjs': `import { tflite } from '@wasmedge-plugins/wasi-nn-tflite';
const session = await tflite(JSON.parse(process.env.OPTIONS)).session({ file: process.env.MODEL });
const tensor = { type: 'f32', shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) };
const { sum } = await session.runAsync({ a: tensor, b: tensor });
console.log(sum.data.join());
session[Symbol.dispose]();
`,
};

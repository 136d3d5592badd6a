import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import type { CaseContext } from '@wasmedge-plugins/conformance';
import { type ErrnoName, errnoName } from './errno.js';

/** An operation of the guest `crypto-script`: its name and its operands; bytes are hexadecimal digits. */
export type Operation = readonly [name: string, ...operands: (string | number)[]];

/** What an operation answered: hexadecimal digits, or the name of an error. */
export type ScriptAnswer = { readonly ok: string } | { readonly error: string };

/** Runs the guest `crypto-script`, built on the crate `wasi-crypto-guest`, with these operations; an answer for each. */
export async function runScript(
  context: CaseContext,
  operations: readonly Operation[],
): Promise<ScriptAnswer[]> {
  const runtime = await context.createRuntime({
    wasi: { args: operations.flat().map(String), stdin: 'ignore', stdout: 'capture' },
  });
  const { exitCode, stdout } = await runtime.run(context.guest('crypto-script'));
  assert.equal(exitCode, 0, 'exit code of the guest');
  const lines = Buffer.from(stdout).toString().trimEnd().split('\n');
  assert.equal(lines.length, operations.length, 'answers of the guest');
  return lines.map((line) => {
    const [kind, value = ''] = line.split(':');
    return kind === 'ok' ? { ok: value } : { error: errnoName(Number(value)) };
  });
}

/** Runs operations that each must answer these digits. */
export async function expectAnswers(
  context: CaseContext,
  expected: readonly { readonly operation: Operation; readonly answer: string }[],
): Promise<void> {
  const answers = await runScript(
    context,
    expected.map(({ operation }) => operation),
  );
  for (const [index, { operation, answer }] of expected.entries()) {
    assert.deepEqual(answers[index], { ok: answer }, `answer ${index + 1}, of ${operation[0]}`);
  }
}

/** Runs operations that each must fail with one of these errors. */
export async function expectErrors(
  context: CaseContext,
  expected: readonly { readonly operation: Operation; readonly errors: readonly ErrnoName[] }[],
): Promise<void> {
  const answers = await runScript(
    context,
    expected.map(({ operation }) => operation),
  );
  for (const [index, { operation, errors }] of expected.entries()) {
    const answer = answers[index];
    assert(
      answer !== undefined && 'error' in answer && (errors as readonly string[]).includes(answer.error),
      `answer ${index + 1}, of ${operation[0]}, is ${JSON.stringify(answer)} instead of ${errors.join(' or ')}`,
    );
  }
}

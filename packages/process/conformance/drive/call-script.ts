import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import type { CaseContext } from '@wasmedge-plugins/conformance';
import type { CommandRules } from '../../src/options.js';

/** Answers of the guest `call-script`, in the order of its calls. */
export class Answers {
  readonly #lines: readonly (readonly [name: string, value: string])[];

  constructor(printed: Uint8Array) {
    this.#lines = Buffer.from(printed)
      .toString()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]);
  }

  /** All answers of a call that gives a number. */
  numbers(call: 'run' | 'took' | 'exit-code' | 'stdout-length' | 'stderr-length'): number[] {
    return this.#all(call).map(Number);
  }

  /** All outputs of a stream that were asked for, as text. */
  texts(call: 'stdout' | 'stderr'): string[] {
    return this.bytes(call).map((bytes) => bytes.toString());
  }

  bytes(call: 'stdout' | 'stderr'): Buffer[] {
    return this.#all(call).map((digits) => Buffer.from(digits, 'hex'));
  }

  /** Whether stdout was what `fill-stdin` had made. */
  get stdoutIsFilled(): boolean {
    const [answer] = this.#all('stdout-is-filled');
    return answer === 'true';
  }

  #all(call: string): string[] {
    const values = this.#lines.filter(([name]) => name === call).map(([, value]) => value);
    assert.notEqual(values.length, 0, `the guest printed no answer of ${call}`);
    return values;
  }
}

/** Runs the guest `call-script`, built on the crate `wasmedge_process_interface`, with these calls. */
export async function callScript(
  context: CaseContext,
  rules: CommandRules,
  calls: readonly string[],
): Promise<Answers> {
  const runtime = await context.createRuntime({
    plugin: rules,
    wasi: { args: calls, stdin: 'ignore', stdout: 'capture' },
  });
  const { exitCode, stdout } = await runtime.run(context.guest('call-script'));
  assert.equal(exitCode, 0, 'exit code of the guest');
  return new Answers(stdout);
}

/** The calls that prepare a command. */
export function command(name: string, ...args: string[]): string[] {
  return ['name', name, ...args.flatMap((arg) => ['arg', arg])];
}

/** The calls that prepare a shell script; its `$1` and so on are `args`. */
export function shell(script: string, ...args: string[]): string[] {
  return command('sh', '-c', script, 'sh', ...args);
}

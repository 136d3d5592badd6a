import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import type { CaseContext } from '@wasmedge-plugins/conformance';
import type { HttpsRules } from '../../src/options.js';

/** The guests that are built on crates, and open a WASI socket before they call the plug-in. */
export const crateGuests = ['http-req-wasi-client', 'wasmedge-http-req-client'] as const;

/** What a guest of {@link crateGuests} printed. */
export class Printed {
  readonly exitCode: number;
  readonly text: string;

  constructor(exitCode: number, text: string) {
    this.exitCode = exitCode;
    this.text = text;
  }

  /** The values of the lines that begin with this name. */
  all(name: string): string[] {
    const start = `${name}=`;
    return this.text
      .split('\n')
      .filter((line) => line.startsWith(start))
      .map((line) => line.slice(start.length));
  }

  /** The value of the one line that begins with this name. */
  the(name: string): string {
    const values = this.all(name);
    assert.equal(values.length, 1, `one line ${name}= in: ${this.text}`);
    return values[0] ?? '';
  }
}

/** Runs a guest with these arguments. */
export async function runClient(
  context: CaseContext,
  guest: (typeof crateGuests)[number],
  rules: HttpsRules,
  args: readonly string[],
): Promise<Printed> {
  const runtime = await context.createRuntime({
    plugin: rules,
    wasi: { args, stdin: 'ignore', stdout: 'capture' },
  });
  const { exitCode, stdout } = await runtime.run(context.guest(guest));
  return new Printed(exitCode, Buffer.from(stdout).toString('latin1'));
}

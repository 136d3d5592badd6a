// @ts-check
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createRuntime, LibraryNotFoundError, LibraryVersionError } from '@wasmedge-plugins/core';
import { processPlugin } from '@wasmedge-plugins/process';
import { repositoryRoot } from '../lib/repository.mjs';
import { allowCommands, demoGuests } from './demo-guests.mjs';

const guestFile = join(repositoryRoot, 'packages/process/conformance/command-runner.wasm');

/**
 * Runs every guest on `v8`, and on `wasmedge` where a libwasmedge is present, with the embedded provider.
 * @returns {Promise<{ rows: Record<string, string>[], notRun: string[] }>}
 */
export async function runGuests() {
  /** @type {Record<string, string>[]} */
  const rows = [];
  /** @type {string[]} */
  const notRun = [];
  for (const engine of /** @type {const} */ (['v8', 'wasmedge'])) {
    try {
      for (const guest of demoGuests) rows.push(await runGuest(engine, guest));
    } catch (error) {
      if (!LibraryNotFoundError.isInstance(error) && !LibraryVersionError.isInstance(error)) throw error;
      notRun.push(`Not run on ${engine}: ${error.message}`);
    }
  }
  return { rows, notRun };
}

/**
 * @param {'v8' | 'wasmedge'} engine
 * @param {import('./demo-guests.mjs').DemoGuest} guest
 */
async function runGuest(engine, { what, args, stdin, expected }) {
  const start = performance.now();
  const runtime = await createRuntime({
    engine,
    plugins: [processPlugin({ allowCommands })],
    wasi: { programName: 'command-runner', args, stdin, stdout: 'capture', stderr: 'capture' },
  });
  try {
    const exitCode = runtime.run(guestFile);
    const duration = `${Math.round(performance.now() - start)} ms`;
    const answer = {
      exitCode,
      stdout: Buffer.from(runtime.stdout).toString(),
      stderr: Buffer.from(runtime.stderr).toString(),
    };
    const report = runtime.report();
    const provider = report.plugins[0]?.provider ?? '';
    console.log(`${engine}, ${provider}: a guest ${what}`);
    for (const [name, value] of Object.entries(answer)) console.log(`  ${name}: ${JSON.stringify(value)}`);
    return {
      'the guest': what,
      engine: report.library === undefined ? report.engine : `${report.engine} ${report.library.version}`,
      provider,
      time: duration,
      answer: JSON.stringify(answer) === JSON.stringify(expected) ? 'as expected' : 'NOT as expected',
    };
  } finally {
    runtime[Symbol.dispose]();
  }
}

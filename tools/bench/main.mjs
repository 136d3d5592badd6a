// @ts-check
// npm run bench: the packages against a C program on the same library, against plain WebAssembly and node:crypto.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPackages } from './build-packages.mjs';
import { describeMachine, machineLine } from './machine.mjs';
import { parseOptions, usage } from './options.mjs';
import { formatPage } from './page.mjs';
import { formatReport } from './report.mjs';
import { failures } from './results.mjs';

try {
  const options = readOptions();
  if (options !== undefined) process.exitCode = await bench(options);
} catch (error) {
  console.error(error);
  process.exitCode = 2;
}

function readOptions() {
  try {
    const options = parseOptions(process.argv.slice(2));
    if (options !== 'help') return options;
    console.log(usage);
  } catch (error) {
    console.error(`${/** @type {Error} */ (error).message}\n\n${usage}`);
    process.exitCode = 2;
  }
  return undefined;
}

/** @param {import('./options.mjs').BenchOptions} options */
async function bench(options) {
  const { check, slack, json, page } = options;
  if (options.build) buildPackages();
  // Loaded only now: it needs what was built.
  const { measure } = await import('./measure.mjs');
  const folder = mkdtempSync(join(tmpdir(), 'wasmedge-plugins-bench-'));
  try {
    const { results, libraryVersion } = await measure(options, folder, announce);
    const machine = describeMachine(libraryVersion);
    const mustBeComplete = Boolean(process.env.CI || process.env.CI_REQUIRE);
    if (page !== '')
      writeFileSync(
        page,
        formatPage(results, { machine, date: new Date(), slack, args: process.argv.slice(2) }),
      );
    const failed = failures(results, { check, mustBeComplete });
    console.log(
      json
        ? JSON.stringify({ machine, slack, results, failures: failed }, undefined, 2)
        : formatReport(results, machineLine(machine), slack),
    );
    for (const line of failed) console.error(`Failed: ${line}`);
    return failed.length === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @param {string} title */
function announce(title) {
  if (process.stderr.isTTY) console.error(`Measuring ${title}`);
}

import { printAside } from '../output/print.js';
import { prepareRun } from './prepare-run.js';
import { runGuest } from './run-guest.js';
import type { RunRequest } from './run-request.js';

/** Runs a guest as a command line asks for. */
export async function run(request: RunRequest): Promise<void> {
  if (request.options.json) {
    const { runAsJson } = await import('./run-as-json.js');
    return runAsJson(request);
  }
  const { guest, call, open } = await prepareRun(request);
  const report = request.options.verbose ? await import('./format-report.js') : undefined;
  await using runtime = await open({});
  if (report !== undefined) printAside(report.formatReport(runtime.report()));
  try {
    await runGuest(runtime, guest, call);
  } finally {
    if (report !== undefined) printAside(report.formatExecutions(runtime.report()));
  }
}

import type { DoctorReport, EngineState } from './doctor-report.js';
import { examinePlugins } from './examine-plugins.js';
import { readMachine } from './machine.js';
import { probe } from './probe.js';

/** Finds out what can be run here. */
export async function examine(): Promise<DoctorReport> {
  const machine = readMachine();
  const wasmedge = await examineLibrary();
  const v8: EngineState = { name: 'v8', available: true, version: process.versions.v8 };
  const plugins = await examinePlugins(machine, wasmedge.available);
  const libraryAskedFor = Boolean(process.env.WASMEDGE_LIBRARY);
  const ok =
    (wasmedge.available || !libraryAskedFor) &&
    plugins.every((plugin) => plugin.package.problem === undefined && plugin.native.loads !== false);
  return { ok, machine, engines: [v8, wasmedge], plugins };
}

async function examineLibrary(): Promise<EngineState> {
  const answer = await probe({ kind: 'library' });
  return answer.kind === 'library'
    ? { name: 'wasmedge', available: true, ...answer.installation }
    : { name: 'wasmedge', available: false, ...(answer.kind === 'problem' && { problem: answer.message }) };
}

import { join } from 'node:path';
import { type groups, later } from './groups.js';
import { type Outcome, runScript } from './run-script.js';
import { readScripts, type Script } from './script.js';
import type { ScriptHost } from './script-host.js';

/** What became of the commands of one part of the tests. */
export interface Counts {
  readonly passed: number;
  /** Those that fail without this package as well, by script. */
  readonly failed: Readonly<Record<string, number>>;
  /** By reason. */
  readonly leftOut: Readonly<Record<string, number>>;
}

/** What became of a part of the tests here, beside what becomes of it on the same engine without this package. */
export interface Comparison {
  readonly counts: Counts;
  /** What fails here only. */
  readonly faults: readonly string[];
}

/**
 * Runs a part of the tests on two hosts.
 *
 * @param folder of all parts.
 * @param ours makes a host for a script.
 * @param theirs makes one of the engine without this package.
 */
export async function compare(
  folder: string,
  group: keyof typeof groups,
  ours: () => Promise<ScriptHost<unknown>>,
  theirs: () => ScriptHost<unknown>,
): Promise<Comparison> {
  const failed: Record<string, number> = {};
  const leftOut: Record<string, number> = {};
  const faults: string[] = [];
  let passed = 0;
  for (const script of readScripts(join(folder, group))) {
    const reason = later[script.name];
    if (reason !== undefined) {
      add(leftOut, reason, script.commands.length);
      continue;
    }
    const plain = use(theirs(), script);
    use(await ours(), script).forEach(({ command, result, reason = '' }, index) => {
      if (result === 'passed') passed++;
      if (result === 'left out') add(leftOut, reason, 1);
      if (result !== 'failed') return;
      if (plain[index]?.result === 'failed') add(failed, script.name, 1);
      else faults.push(`${script.name}.wast:${command.line}: ${command.type}: ${reason}`);
    });
  }
  return { counts: { passed, failed, leftOut }, faults };
}

function use(host: ScriptHost<unknown>, script: Script): Outcome[] {
  try {
    return runScript(script, host);
  } finally {
    host[Symbol.dispose]();
  }
}

function add(counts: Record<string, number>, name: string, more: number): void {
  counts[name] = (counts[name] ?? 0) + more;
}

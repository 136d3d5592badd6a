import { Worker } from 'node:worker_threads';
import { checkOptionNames, type EngineName, type PluginSet, packPlugins } from '@wasmedge-plugins/core';
import { describe, expect, it } from 'vitest';
import { declareIgnored } from './declare-ignored.js';
import { type ElsewhereJob, type ElsewhereOutcome, runElsewhereJob } from './elsewhere-job.js';
import { findTargets, type TargetOptions, targetOptionNames } from './find-targets.js';
import type { ConformanceSuite } from './suite.js';
import { type Target, targetLabel } from './target.js';

/** A guest's task with plug-ins and host modules, and its expected outcome. */
export interface ElsewhereCase extends ElsewhereJob, PluginSet {
  /** Name, unique for the target: `with all of its options`. */
  readonly name: string;
  /** The properties that the outcome must have, compared as by vitest's `toMatchObject`. */
  readonly expected: Partial<ElsewhereOutcome>;
}

/**
 * Declares vitest tests that plug-ins recreated in a worker thread do there what they do inline: each case is run with the plug-ins as they are, and in a
 * thread with those that `unpackPlugins` makes of their packed form, and both outcomes are compared. Await it at the top of a test file. The plug-ins must
 * be built, since a thread imports what their packages publish.
 *
 * @param suite the suite whose title and native plug-in are used; its cases are not run.
 * @param options the targets, as {@link conformanceTests} takes them.
 * @param casesFor the cases of an available target.
 * @throws {ConformanceError} when `WASMEDGE_NATIVE_PLUGINS` names a folder that cannot be read.
 * @throws {InvalidArgumentError} for an unknown option.
 * @example
 * await elsewhereTests(suite, { standIn: buildStandIn }, ({ provider, nativePath }) => [
 *   { name: 'gives a text', plugins: [getString({ provider, nativePath })], guest, expected: { done: 0, stdout: 'hello' } },
 * ]);
 */
export async function elsewhereTests(
  suite: ConformanceSuite,
  options: TargetOptions,
  casesFor: (target: Target) => readonly ElsewhereCase[],
): Promise<void> {
  checkOptionNames<TargetOptions>('elsewhereTests()', options, targetOptionNames);
  const { available, ignored } = await findTargets(suite, options);
  describe(`${suite.title}, made again in a thread`, () => {
    for (const target of available) {
      describe(targetLabel(target), () => {
        for (const each of casesFor(target)) {
          it(each.name, { timeout: 120_000 }, () => compareElsewhere(target.engine, each));
        }
      });
    }
    ignored.forEach(declareIgnored);
  });
}

/** Runs a case inline and in a thread, and throws what differs. */
export async function compareElsewhere(engine: EngineName, each: ElsewhereCase): Promise<void> {
  const { name, plugins, hostModules, expected, ...job } = each;
  const set = { plugins, hostModules };
  const inline = await runElsewhereJob(engine, job, set);
  expect(inline).toMatchObject(expected);
  expect(await runInThread(engine, job, set)).toEqual(inline);
}

function runInThread(engine: EngineName, job: ElsewhereJob, set: PluginSet): Promise<ElsewhereOutcome> {
  const workerData = { engine, job: { ...job, guest: job.guest.href }, packed: packPlugins(set) };
  return new Promise((resolve, reject) => {
    // The built script, also when this module is run from its source.
    const worker = new Worker(new URL('../dist/elsewhere-thread.js', import.meta.url), { workerData });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) =>
      reject(new Error(`The thread ended without a result, with exit code ${code}.`)),
    );
  });
}

import { fromResponse } from './case-message.js';
import { CaseProcess } from './case-process.js';
import type { CaseOutcome } from './case-result.js';
import { ConformanceError } from './errors.js';
import { failedOrDiffers } from './run-case.js';
import type { ConformanceCase, ConformanceSuite } from './suite.js';
import type { Target } from './target.js';

/**
 * Runs one case in a process of its own. WasmEdge's plug-in registry and the options of a native plug-in belong to the whole process
 * and cannot be taken back, and some upstream defects end or block their process: no verdict against a plug-in may come from the case
 * before.
 */
export async function runCaseInChild(
  suite: ConformanceSuite,
  target: Target,
  conformanceCase: ConformanceCase,
  timeoutMs: number,
): Promise<CaseOutcome> {
  const child = new CaseProcess();
  const started = performance.now();
  let answer: Awaited<ReturnType<CaseProcess['run']>>;
  try {
    answer = await child.run(suite, target, conformanceCase, timeoutMs);
  } catch (error) {
    child.kill();
    throw error;
  }
  const left = Math.max(timeoutMs - (performance.now() - started), 0);
  const ended = 'status' in answer ? await child.end(left) : answer;
  if (ended.problem === undefined && ended.response !== undefined) {
    return fromResponse(ended.response, target, conformanceCase);
  }
  const problem = `The process of the case ${ended.problem ?? 'ended without a result'}.`;
  return failedOrDiffers(
    target,
    conformanceCase,
    new ConformanceError(ended.output === '' ? problem : `${problem} Its output:\n${ended.output}`),
  );
}

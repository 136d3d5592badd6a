import { fromResponse } from './case-message.js';
import { CaseProcess } from './case-process.js';
import type { CaseOutcome } from './case-result.js';
import { ConformanceError } from './errors.js';
import { runCaseInChild } from './run-case-in-child.js';
import type { ConformanceCase, ConformanceSuite } from './suite.js';
import type { Target } from './target.js';

/** Milliseconds that the process may take to end. */
const endTimeoutMs = 10_000;

/**
 * The process that the cases of a native target share as long as they pass: starting one for each would take longer than the cases. What does
 * not pass there may be the fault of a case before it, so it is run again in a process of its own, and that counts; the others get a
 * new process. A case where upstream is known to differ, and may end its process, has one of its own at once.
 */
export class SharedCaseProcess {
  #process: CaseProcess | undefined;

  /** Runs one case. */
  async run(
    suite: ConformanceSuite,
    target: Target,
    conformanceCase: ConformanceCase,
    timeoutMs: number,
  ): Promise<CaseOutcome> {
    if (conformanceCase.upstreamDiffers === undefined) {
      this.#process ??= new CaseProcess();
      const answer = await this.#process.run(suite, target, conformanceCase, timeoutMs);
      if ('status' in answer && answer.status !== 'failed') {
        return fromResponse(answer, target, conformanceCase);
      }
      this.#process.kill();
      this.#process = undefined;
    }
    return runCaseInChild(suite, target, conformanceCase, timeoutMs);
  }

  /** Ends the process. An error is returned when it ends badly, as by a crash at its exit. */
  async end(): Promise<ConformanceError | undefined> {
    const ended = await this.#process?.end(endTimeoutMs);
    this.#process = undefined;
    return ended?.problem === undefined
      ? undefined
      : new ConformanceError(
          `The process of the cases ${ended.problem}, after they had passed. Its output:\n${ended.output}`,
        );
  }
}

import type { ConformanceError } from './errors.js';
import { SharedCaseProcess } from './shared-case-process.js';
import { SharedCaseRuntime } from './shared-case-runtime.js';

/** What the cases of one target share. */
export class SharedByCases {
  /** For a native plug-in. */
  readonly process = new SharedCaseProcess();
  /** For others. */
  readonly runtime = new SharedCaseRuntime();

  /** To be called after the last case. An error is returned when the process ends badly. */
  async end(): Promise<ConformanceError | undefined> {
    await this.runtime.end();
    return this.process.end();
  }
}

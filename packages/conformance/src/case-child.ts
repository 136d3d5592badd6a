import { type CaseRequest, type CaseResponse, toPlainError, toResponse } from './case-message.js';
import { ConformanceError } from './errors.js';
import { runCaseHere } from './run-case.js';
import type { ConformanceSuite } from './suite.js';

process.on('message', async (request: CaseRequest | 'end') => {
  // The process ends by itself once the channel is closed; ending it here would hide a crash at exit.
  if (request === 'end') {
    process.disconnect();
    return;
  }
  const response = await run(request).catch(
    (error: Error): CaseResponse => ({ status: 'failed', error: toPlainError(error) }),
  );
  process.send?.(response);
});

async function run({ moduleUrl, caseName, target }: CaseRequest): Promise<CaseResponse> {
  const { suite } = (await import(moduleUrl)) as { suite?: ConformanceSuite };
  const cases = suite?.nativeProbe === undefined ? suite?.cases : [...suite.cases, suite.nativeProbe];
  const conformanceCase = cases?.find(({ name }) => name === caseName);
  if (suite === undefined || conformanceCase === undefined) {
    throw new ConformanceError(
      `${moduleUrl} has no case "${caseName}"; it must export the suite as \`suite\`, and must be rebuilt after a change.`,
    );
  }
  return toResponse(await runCaseHere(suite, target, conformanceCase));
}

import { findNativeFiles, nativePluginsVariable } from './native-file.js';
import { runCaseInChild } from './run-case-in-child.js';
import type { ConformanceSuite } from './suite.js';
import type { Target } from './target.js';

const probeTimeoutMs = 60_000;

/** The released native plug-in of a suite, or why there is none. */
export async function findReleased(
  suite: ConformanceSuite,
  target: Target,
  fileName: string,
): Promise<
  { readonly path: string; readonly reason?: never } | { readonly path?: never; readonly reason: string }
> {
  const folder = process.env[nativePluginsVariable];
  if (!folder) {
    return { reason: `${nativePluginsVariable} does not name a folder with ${fileName}` };
  }
  const others: string[] = [];
  for (const path of findNativeFiles(folder, fileName)) {
    const problem = await probeProblem(suite, { ...target, nativePath: path });
    if (problem === undefined) {
      return { path };
    }
    others.push(`${path} is not usable: ${problem}`);
  }
  const found = others.length === 0 ? `no ${fileName}` : `no ${fileName} for ${suite.title}`;
  return { reason: [`${found} below ${folder} (${nativePluginsVariable})`, ...others].join('; ') };
}

/** Why a file is not the plug-in of the suite, as its probe tells. */
async function probeProblem(suite: ConformanceSuite, target: Target): Promise<string | undefined> {
  if (suite.nativeProbe === undefined) {
    return undefined;
  }
  const outcome = await runCaseInChild(suite, target, suite.nativeProbe, probeTimeoutMs);
  switch (outcome.status) {
    case 'passed':
      return undefined;
    case 'ignored':
      return outcome.reason;
    default:
      return outcome.error.message.split('\n', 1)[0] ?? '';
  }
}

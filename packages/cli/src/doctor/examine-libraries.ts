import type { PluginLibrary } from '@wasmedge-plugins/core';
import type { PluginPackage } from '../packages/plugin-package.js';
import { probe } from '../probe/probe.js';

/** The libraries of the machine that a package needs; a process of its own loads them, since one that is broken may end it. */
export async function examineLibraries({
  packageName,
  commandLine,
}: PluginPackage): Promise<readonly PluginLibrary[]> {
  if (commandLine.libraries === undefined) {
    return [];
  }
  const answer = await probe({ kind: 'libraries', packageName });
  if (answer.kind === 'libraries') {
    return answer.libraries;
  }
  const problem = answer.kind === 'problem' ? answer.message : 'it does not say';
  return [{ name: `Libraries of ${packageName}`, problem }];
}

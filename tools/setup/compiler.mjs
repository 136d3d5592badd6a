// @ts-check
import { capture } from '../lib/run.mjs';
import { aptCandidate, aptInstall, aptUpdate, hasApt, installCommand, rootPrefix } from './apt.mjs';
import { hasTrixieSource } from './debian-mix.mjs';
import { mayInstall } from './may-install.mjs';

const what = 'a C and a C++ compiler';

/**
 * Makes sure of compilers for C and C++: the tests build plug-ins with them, the bench its C programs. Comes before
 * libwasmedge, since on Debian 12 that replaces the libc which this one's headers are locked to.
 * @returns {Promise<import('./left-out.mjs').LeftOut | undefined>}
 */
export async function ensureCompiler() {
  if (compilerWorks()) return undefined;
  if (!hasApt()) {
    return {
      what,
      reason: 'no "cc" or "c++" on this machine',
      commands: ["Install gcc and g++, or clang, with the system's package manager."],
    };
  }
  const packages = hasTrixieSource()
    ? ['gcc', 'g++', 'libc6-dev/trixie', 'libc-dev-bin/trixie']
    : ['gcc', 'g++', 'libc6-dev'];
  const commands = ['sudo apt-get update', installCommand(packages)];
  const prefix = rootPrefix();
  const refused = mayInstall(prefix);
  if (refused !== undefined || prefix === undefined) return { what, reason: refused ?? '', commands };
  console.log('Setting up the compilers for C and C++ ...');
  if (aptCandidate('gcc') === undefined) {
    const failed = await aptUpdate(prefix);
    if (failed !== undefined) return { what, reason: failed, commands };
  }
  const reason = await aptInstall(prefix, packages);
  return reason === undefined ? undefined : { what, reason, commands };
}

/** Whether there is a C compiler with the headers of libc. */
export function compilerWorks() {
  // libc's headers are a package of their own: a compiler without them compiles nothing useful.
  return (
    capture('cc', ['-E', '-include', 'stdio.h', '-x', 'c', '/dev/null']).code === 0 &&
    capture('c++', ['-E', '-include', 'string', '-x', 'c++', '/dev/null']).code === 0
  );
}

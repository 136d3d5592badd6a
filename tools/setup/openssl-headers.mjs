// @ts-check
import { capture } from '../lib/run.mjs';
import { aptCandidate, aptInstall, aptUpdate, hasApt, installCommand, rootPrefix } from './apt.mjs';
import { compilerWorks } from './compiler.mjs';
import { mayInstall } from './may-install.mjs';

const what = 'the headers of OpenSSL 3';
const packages = ['libssl-dev'];

/**
 * Makes sure of OpenSSL's headers, with which the stand-in of the native WASI-Crypto plug-in is built. Comes after the
 * compiler, without which nobody needs them. On Debian 12 no version has to be named, before and after the mix: its own
 * suite has the higher priority, and the library that belongs to these headers.
 * @returns {Promise<import('./left-out.mjs').LeftOut | undefined>} what could not be had
 */
export async function ensureOpensslHeaders() {
  if (!compilerWorks() || headersWork()) return undefined;
  if (!hasApt()) {
    return {
      what,
      reason: 'the C compiler does not find openssl/core_names.h',
      commands: ["Install OpenSSL's development files with the system's package manager."],
    };
  }
  const commands = ['sudo apt-get update', installCommand(packages)];
  const prefix = rootPrefix();
  const refused = mayInstall(prefix);
  if (refused !== undefined || prefix === undefined) return { what, reason: refused ?? '', commands };
  console.log(`Setting up ${what} ...`);
  if (aptCandidate('libssl-dev') === undefined) {
    const failed = await aptUpdate(prefix);
    if (failed !== undefined) return { what, reason: failed, commands };
  }
  const reason = (await aptInstall(prefix, packages)) ?? stillMissing();
  return reason === undefined ? undefined : { what, reason, commands };
}

/** Only version 3 and later has this header. */
function headersWork() {
  return capture('cc', ['-E', '-include', 'openssl/core_names.h', '-x', 'c', '/dev/null']).code === 0;
}

/** A distribution may be so old that its package is of version 1. */
function stillMissing() {
  return headersWork() ? undefined : 'installed, but they are not those of OpenSSL 3';
}

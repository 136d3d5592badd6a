// @ts-check
import { run } from '../lib/run.mjs';
import {
  aptCandidate,
  aptInstall,
  aptSuites,
  aptUpdate,
  hasApt,
  installCommand,
  rootPrefix,
  runAsRoot,
} from './apt.mjs';
import {
  hasTrixieSource,
  isDebian12,
  removeTrixieSource,
  trixiePackages,
  trixieSourceCommands,
  trixieSourceText,
} from './debian-mix.mjs';
import { findLibwasmedge } from './find-libwasmedge.mjs';
import { mayInstall } from './may-install.mjs';

const what = 'libwasmedge and its headers';

/** WasmEdge's own installer, for systems whose packages have no supported version. */
const ownInstaller =
  'curl -sSf https://raw.githubusercontent.com/WasmEdge/WasmEdge/master/utils/install.sh | bash -s -- -v 0.14.1';

/**
 * Makes sure of libwasmedge and its headers, without which the tests of engine `wasmedge` are ignored.
 * @returns {Promise<import('./left-out.mjs').LeftOut | undefined>} what could not be had
 */
export async function ensureLibwasmedge() {
  if (isComplete()) return undefined;
  const leftOut = hasApt() ? await installFromDistribution() : await installFromWasmEdge();
  if (leftOut !== undefined) return leftOut;
  if (isComplete()) return undefined;
  return {
    what,
    reason: 'installed, but the library or wasmedge/wasmedge.h is still not found',
    commands: [],
  };
}

function isComplete() {
  const { library, includeFolder } = findLibwasmedge();
  return library !== undefined && includeFolder !== undefined;
}

async function installFromDistribution() {
  if (aptSuites().length > 0 && !hasSupportedPackage() && !isDebian12()) return installFromWasmEdge();
  const prefix = rootPrefix();
  const refused = mayInstall(prefix);
  if (refused !== undefined || prefix === undefined) {
    return { what, reason: refused ?? '', commands: distributionCommands() };
  }
  console.log('Setting up libwasmedge ...');
  if (aptSuites().length === 0) {
    const failed = await aptUpdate(prefix);
    if (failed !== undefined) return { what, reason: failed, commands: distributionCommands() };
  }
  if (hasSupportedPackage()) return aptResult(await aptInstall(prefix, ['libwasmedge-dev']));
  if (isDebian12()) return installFromTrixie(prefix);
  return installFromWasmEdge();
}

/** @param {string[]} prefix */
async function installFromTrixie(prefix) {
  // Also when the source was added before: the lists may be older than what the archive still has.
  const added = hasTrixieSource() ? [] : trixieSourceCommands();
  for (const command of added) await runAsRoot(prefix, command);
  const failed = await aptUpdate(prefix);
  if (failed === undefined) {
    const reason = await aptInstall(prefix, trixiePackages());
    if (reason === undefined) return undefined;
  }
  // Nothing was installed from it, so the machine keeps no trace.
  const commands = distributionCommands();
  if (added.length > 0) await runAsRoot(prefix, removeTrixieSource);
  return { what, reason: failed ?? 'apt-get could not install it (above)', commands };
}

async function installFromWasmEdge() {
  if (process.platform !== 'linux') {
    return {
      what,
      reason: `not installed, and not installed by itself on ${process.platform}`,
      commands: [ownInstaller],
    };
  }
  const refused = mayInstall([]);
  if (refused !== undefined) return { what, reason: refused, commands: [ownInstaller] };
  console.log(`Setting up libwasmedge with WasmEdge's own installer: ${ownInstaller}`);
  const code = await run('bash', ['-o', 'pipefail', '-c', ownInstaller]);
  if (code === 0) return undefined;
  return {
    what,
    reason: `WasmEdge's installer failed with exit code ${code} (above)`,
    commands: [ownInstaller],
  };
}

function distributionCommands() {
  if (hasSupportedPackage()) return ['sudo apt-get update', installCommand(['libwasmedge-dev'])];
  if (aptSuites().length === 0) {
    return ['sudo apt-get update', 'npm test   # again: it then knows which packages this system has'];
  }
  if (isDebian12()) return [...trixieSourceText(), installCommand(trixiePackages())];
  return [ownInstaller];
}

/** Priority 100 is the pin of the Debian 13 source above; what the distribution itself has comes at 500. */
function hasSupportedPackage() {
  const candidate = aptCandidate('libwasmedge-dev');
  return candidate !== undefined && candidate.priority > 100 && /^(\d+:)?0\.1[4-7]\./.test(candidate.version);
}

/** @param {string | undefined} reason */
function aptResult(reason) {
  if (reason === undefined) return undefined;
  return { what, reason, commands: ['sudo apt-get update', installCommand(['libwasmedge-dev'])] };
}

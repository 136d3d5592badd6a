// @ts-check
import { run } from '../lib/run.mjs';
import { aptInstall, aptSuites, aptUpdate, aptVersions, hasApt, rootPrefix, runAsRoot } from './apt.mjs';
import {
  hasTrixieSource,
  isDebian12,
  removeTrixieSource,
  trixiePackages,
  trixieSourceCommands,
} from './debian-mix.mjs';
import { findLibwasmedge } from './find-libwasmedge.mjs';
import { setupMode } from './mode.mjs';
import { commandsFor, ownInstaller, planLibwasmedge } from './plan-libwasmedge.mjs';

/**
 * Makes sure of libwasmedge and its headers, without which the tests of engine `wasmedge` are left out.
 * @returns {Promise<import('./left-out.mjs').LeftOut | undefined>} what could not be had
 */
export async function ensureLibwasmedge() {
  if (isComplete()) return undefined;
  const prefix = rootPrefix();
  const reason = (await install(prefix)) ?? (isComplete() ? undefined : 'installed, and still not found');
  if (reason === undefined) return undefined;
  const what = 'the engine wasmedge (libwasmedge and its headers)';
  return { what, reason, commands: commandsFor(lookAtMachine(prefix)) };
}

function isComplete() {
  const { library, includeFolder } = findLibwasmedge();
  return library !== undefined && includeFolder !== undefined;
}

/** @param {string[] | undefined} prefix @returns {import('./plan-libwasmedge.mjs').Machine} */
function lookAtMachine(prefix) {
  const apt = hasApt();
  return {
    platform: process.platform,
    apt,
    lists: apt && aptSuites().length > 0,
    ownPackage: apt && hasSupportedPackage(),
    debian12: apt && isDebian12(),
    root: prefix !== undefined,
    mode: setupMode(),
  };
}

/** @param {string[] | undefined} prefix @returns {Promise<string | undefined>} why it was not done */
async function install(prefix) {
  const plan = planLibwasmedge(lookAtMachine(prefix));
  if (plan.step === 'leave out') return plan.reason;
  // Without root no step is planned that needs it.
  const asRoot = prefix ?? [];
  console.log(`Setting up libwasmedge (${plan.step}) ...`);
  switch (plan.step) {
    case 'lists': {
      const failed = await aptUpdate(asRoot);
      if (failed !== undefined) return failed;
      return aptSuites().length > 0 ? install(prefix) : 'apt-get update fetched no package lists';
    }
    case 'own package':
      return aptInstall(asRoot, ['libwasmedge-dev']);
    case 'mix':
      return installFromTrixie(asRoot);
    case 'own installer': {
      const code = await run('bash', ['-o', 'pipefail', '-c', ownInstaller]);
      return code === 0 ? undefined : `WasmEdge's installer failed with exit code ${code} (above)`;
    }
  }
}

/** @param {string[]} prefix @returns {Promise<string | undefined>} why it was not done */
async function installFromTrixie(prefix) {
  // Also when the source was added before: the lists may be older than what the archive still has.
  const added = hasTrixieSource() ? [] : trixieSourceCommands();
  for (const command of added) await runAsRoot(prefix, command);
  const reason = (await aptUpdate(prefix)) ?? (await aptInstall(prefix, trixiePackages()));
  // Nothing was installed from it, so the machine keeps no trace.
  if (reason !== undefined && added.length > 0) await runAsRoot(prefix, removeTrixieSource);
  return reason;
}

/** Not counting what Debian 12 was given as a source by {@link installFromTrixie}. */
function hasSupportedPackage() {
  const own = aptVersions('libwasmedge-dev').filter(({ suite }) => suite !== 'trixie' || !isDebian12());
  return own.some(({ version }) => /^(\d+:)?0\.1[4-7]\./.test(version));
}

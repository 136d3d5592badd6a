// @ts-check
import { capture, run } from '../lib/run.mjs';
import { setupMode, whyNotInstall } from './mode.mjs';

const plainEnvironment = { ...process.env, LC_ALL: 'C' };

export function hasApt() {
  return process.platform === 'linux' && capture('apt-get', ['--version']).code === 0;
}

/** The versions of a package that can be fetched. @param {string} name */
export function aptVersions(name) {
  return parseVersions(capture('apt-cache', ['madison', name], { env: plainEnvironment }).stdout);
}

/** Reads the output of "apt-cache madison <package>". @param {string} madison */
export function parseVersions(madison) {
  const lines = madison.matchAll(/^ *\S+ \| *(\S+) \| \S+ (\S+)\/\S+ \S+ Packages$/gm);
  return [...lines].map(([, version = '', suite = '']) => ({ version, suite }));
}

/** The archive's own suites on this machine. */
export function aptSuites() {
  return parseSuites(capture('apt-cache', ['policy'], { env: plainEnvironment }).stdout);
}

/** Reads the output of "apt-cache policy". @param {string} policy */
export function parseSuites(policy) {
  const sources = [...policy.matchAll(/^ *-?\d+ (\S+) .*\n +release (.*)$/gm)];
  return sources.flatMap(([, uri = '', release = '']) => {
    const { n: codename, o: origin } = Object.fromEntries(
      release.split(',').map((field) => field.split('=')),
    );
    return codename ? [{ uri, codename, origin }] : [];
  });
}

/** What to put before a command that runs as root, or undefined when this user may not. */
export function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  return capture('sudo', ['-n', 'true']).code === 0 ? ['sudo', '-n'] : undefined;
}

/** @param {string[]} prefix what {@link rootPrefix} found @param {string[]} command @returns {Promise<number>} the exit code */
export function runAsRoot(prefix, command) {
  const [program = '', ...args] = [...prefix, ...command];
  return run(program, args);
}

/**
 * Makes sure of something that packages of the machine's release bring.
 * @param {object} wanted
 * @param {string} wanted.what what messages call it
 * @param {() => boolean} wanted.works whether it is here
 * @param {string[]} wanted.packages the first is what must be known to apt
 * @param {string} wanted.elsewhere what to do where packages do not come by apt
 * @returns {Promise<import('./mode.mjs').LeftOut | undefined>} what could not be had
 */
export async function ensurePackages({ what, works, packages, elsewhere }) {
  if (works()) return undefined;
  if (!hasApt()) return { what, reason: 'not found', commands: [elsewhere] };
  const commands = ['sudo apt-get update', installCommand(packages)];
  const prefix = rootPrefix();
  const refused = whyNotInstall(prefix !== undefined);
  if (refused !== undefined || prefix === undefined) return { what, reason: refused ?? '', commands };
  console.log(`Setting up ${what} ...`);
  const [name = ''] = packages;
  const isKnown = () => aptVersions(name).length > 0;
  const reason =
    (isKnown() ? undefined : await aptUpdate(prefix)) ??
    (isKnown() ? undefined : `this system has no package ${name}`) ??
    (await aptInstall(prefix, packages)) ??
    (works() ? undefined : 'installed, and still not found');
  return reason === undefined ? undefined : { what, reason, commands };
}

/**
 * Whether apt-get would exchange the libc for another one; a newer build of the same version is the same.
 * @param {string} simulation what "apt-get -s install" prints
 */
export function exchangesLibc(simulation) {
  const lines = simulation.matchAll(/^Inst (?:libc6|musl)(?::\S+)? \[([^\]]+)\] \((\S+) /gm);
  const upstream = (version = '') => version.replace(/-[^-]*$/, '');
  return [...lines].some(([, before, after]) => upstream(before) !== upstream(after));
}

/**
 * Says what apt-get would do, and does it only if nothing is removed and the libc stays.
 * @param {string[]} prefix
 * @param {string[]} packages
 * @returns {Promise<string | undefined>} why it was not done
 */
export async function aptInstall(prefix, packages) {
  const args = installArguments(packages);
  const simulation = capture('apt-get', ['-s', ...args], { env: plainEnvironment });
  console.log(`apt-get -s ${args.join(' ')}\n${simulation.output.trimEnd()}`);
  if (simulation.code !== 0) return 'the simulation of apt-get fails (above)';
  if (/^Remv /m.test(simulation.stdout)) return 'apt-get would remove packages (above)';
  if (setupMode() !== 'mix' && exchangesLibc(simulation.stdout))
    return 'apt-get would exchange the libc (above), which only WASMEDGE_SETUP=mix allows';
  const keepConfiguration = ['confdef', 'confold'].map((name) => `-oDpkg::Options::=--force-${name}`);
  const apt = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', '-y', ...keepConfiguration];
  const code = await runAsRoot(prefix, [...apt, ...args]);
  return code === 0 ? undefined : `apt-get install failed with exit code ${code} (above)`;
}

/** @param {string[]} prefix @returns {Promise<string | undefined>} why it failed */
export async function aptUpdate(prefix) {
  // Without "error-mode=any" apt-get answers 0 when a registry cannot be reached.
  const code = await runAsRoot(prefix, ['apt-get', '-q', '-o', 'APT::Update::Error-Mode=any', 'update']);
  if (code === 0) return undefined;
  return 'apt-get update failed (above): a package registry cannot be reached or is refused';
}

/** The same installation as a person would type it. @param {string[]} packages */
export function installCommand(packages) {
  return `sudo apt-get ${installArguments(packages).join(' ')}`;
}

/** @param {string[]} packages */
function installArguments(packages) {
  return ['install', '--no-install-recommends', ...packages];
}

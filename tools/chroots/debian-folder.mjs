// @ts-check
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { capture, run } from '../lib/run.mjs';

/** Where a Debian folder lies when the caller names none. @param {string} name */
export function defaultDebianFolder(name) {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'wasmedge-plugins', name);
}

/**
 * Makes sure that `root` is a Debian system of the given suite with the given packages. A finished folder is
 * used as it is; packages that it lacks are added.
 * @param {{ suite: string, root: string, packages: string[] }} options
 * @throws {Error} when it cannot be made here; the message says what is needed
 */
export async function ensureDebianFolder({ suite, root, packages }) {
  if (process.platform !== 'linux') throw new Error('A Debian folder needs Linux.');
  if (process.getuid?.() !== 0) {
    throw new Error(`A Debian folder needs root (chroot and mounts). Try: sudo ${process.argv.join(' ')}`);
  }
  if (!existsSync(join(root, 'usr/bin/dpkg'))) await bootstrap(suite, root);
  const missing = missingPackages(root, packages);
  if (missing.length === 0) return;
  console.log(`Adding to ${root}: ${missing.join(' ')}`);
  // Debian's archive of unstable may be served by a mirror that is older than its Release file allows.
  writeFileSync(join(root, 'etc/apt/apt.conf.d/90-folder'), 'Acquire::Check-Valid-Until "false";\n');
  for (const command of [
    'apt-get -q update',
    `DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install ${missing.join(' ')}`,
  ]) {
    const code = await runInFolder({ root, script: command, binds: [], env: {} });
    if (code !== 0) throw new Error(`"${command}" failed in ${root} with exit code ${code}.`);
  }
}

/**
 * Runs a shell script inside a Debian folder, with /proc, /dev, an empty /tmp and the given binds. The mounts
 * belong to a mount namespace of their own and vanish with the command.
 * @param {{ root: string, script: string, binds: { from: string, to: string }[], env: Record<string, string> }} options
 * @returns {Promise<number>} the script's exit code
 */
export async function runInFolder({ root, script, binds, env }) {
  // Quoting ends here: every value travels as an argument of its own.
  const mounts = [
    'set -e',
    'root=$1 script=$2; shift 2',
    'mount -t proc proc "$root/proc"',
    'mount --rbind /dev "$root/dev"',
    'mount -t tmpfs tmpfs "$root/tmp"',
    'chmod 1777 "$root/tmp"',
    'cp -L /etc/resolv.conf "$root/etc/resolv.conf"',
    // The machine may trust an authority of its own (a company's proxy); what runs inside must trust it too.
    'certificates=/etc/ssl/certs/ca-certificates.crt',
    'if [ -f $certificates ]; then mkdir -p "$root/etc/ssl/certs"; cp -L $certificates "$root$certificates"; fi',
    'while [ "$1" != -- ]; do',
    '  if [ -d "$1" ]; then mkdir -p "$root$2"; else mkdir -p "$(dirname "$root$2")"; touch "$root$2"; fi',
    '  mount --bind "$1" "$root$2"',
    '  shift 2',
    'done',
    'shift',
    'exec chroot "$root" /usr/bin/env -i "$@" /bin/sh -c "$script"',
  ].join('\n');
  const variables = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', LC_ALL: 'C.UTF-8', ...env };
  return run('unshare', [
    '--mount',
    '/bin/sh',
    '-c',
    mounts,
    'folder',
    root,
    script,
    ...binds.flatMap(({ from, to }) => [from, to]),
    '--',
    ...Object.entries(variables).map(([name, value]) => `${name}=${value}`),
  ]);
}

/** @param {string} root @param {string[]} packages */
function missingPackages(root, packages) {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own format
  const query = ['-W', '-f', '${Package} ${db:Status-Status}\n', `--admindir=${join(root, 'var/lib/dpkg')}`];
  const installed = new Set(
    capture('dpkg-query', query)
      .stdout.split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  );
  return packages.filter((name) => !installed.has(name));
}

/** @param {string} suite @param {string} root */
async function bootstrap(suite, root) {
  if (capture('debootstrap', ['--version']).code !== 0) {
    if (!process.env.CI)
      throw new Error('debootstrap is not installed. Try: sudo apt-get install debootstrap');
    const code = await run('apt-get', ['-q', '-y', '--no-install-recommends', 'install', 'debootstrap']);
    if (code !== 0) throw new Error('debootstrap is not installed, and apt-get could not install it.');
  }
  console.log(`Making a Debian ${suite} folder in ${root} (once, a few minutes) ...`);
  // Built next to its place and moved, so that a folder that exists is complete.
  const unfinished = `${root}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(dirname(root), { recursive: true });
  const code = await run('debootstrap', [
    '--variant=minbase',
    '--include=ca-certificates',
    suite,
    unfinished,
  ]);
  if (code !== 0) throw new Error(`debootstrap ${suite} failed with exit code ${code}.`);
  renameSync(unfinished, root);
}

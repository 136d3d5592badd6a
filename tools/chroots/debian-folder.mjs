// @ts-check
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../lib/cache.mjs';
import { capture, run } from '../lib/run.mjs';

/**
 * Makes sure that `root` is a Debian system of the given suite with the given packages. A finished folder is
 * used as it is; packages that it lacks are added.
 * @param {{ suite: string, root: string, packages: string[] }} options
 * @throws {Error} when it cannot be made here; the message says what is needed
 */
export async function ensureDebianFolder({ suite, root, packages }) {
  if (process.platform !== 'linux') throw new Error('A Debian folder needs Linux.');
  if (process.getuid?.() !== 0)
    throw new Error(`A Debian folder needs root (chroot and mounts). Try: sudo ${process.argv.join(' ')}`);
  if (!existsSync(join(root, 'usr/bin/dpkg'))) {
    const reason = await makeFolder(root, (unfinished) => bootstrap(suite, unfinished));
    if (reason !== undefined) throw new Error(reason);
  }
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own format
  const query = ['-W', '-f', '${Package} ${db:Status-Status}\n', `--admindir=${join(root, 'var/lib/dpkg')}`];
  const installed = capture('dpkg-query', query).stdout.split('\n');
  const missing = packages.filter((name) => !installed.includes(`${name} installed`)).join(' ');
  if (missing === '') return;
  console.log(`Adding to ${root}: ${missing}`);
  // Debian's archive of unstable may be served by a mirror that is older than its Release file allows.
  writeFileSync(join(root, 'etc/apt/apt.conf.d/90-folder'), 'Acquire::Check-Valid-Until "false";\n');
  const install = `apt-get -q -y --no-install-recommends install ${missing}`;
  const script = `apt-get -q update && DEBIAN_FRONTEND=noninteractive ${install}`;
  const code = await runInFolder({ root, script, binds: [], env: {} });
  if (code !== 0) throw new Error(`"${script}" failed in ${root} with exit code ${code}.`);
}

/** @param {string} suite @param {string} folder @returns {Promise<string | undefined>} why it could not be made */
async function bootstrap(suite, folder) {
  if (capture('debootstrap', ['--version']).code !== 0) {
    if (!process.env.CI) return 'debootstrap is not installed. Try: sudo apt-get install debootstrap';
    if ((await run('apt-get', ['-q', '-y', '--no-install-recommends', 'install', 'debootstrap'])) !== 0)
      return 'debootstrap is not installed, and apt-get could not install it.';
  }
  console.log(`Making a Debian ${suite} folder in ${folder} (once, a few minutes) ...`);
  const code = await run('debootstrap', ['--variant=minbase', '--include=ca-certificates', suite, folder]);
  return code === 0 ? undefined : `debootstrap ${suite} failed with exit code ${code}.`;
}

/** Its arguments: the folder, the script, what to bind and where, "--", variables. Quoting ends here: every value travels by itself. */
const enter = `
  set -e
  root=$1 script=$2; shift 2
  mount -t proc proc "$root/proc"
  mount --rbind /dev "$root/dev"
  mount -t tmpfs tmpfs "$root/tmp"
  chmod 1777 "$root/tmp"
  cp -L /etc/resolv.conf "$root/etc/resolv.conf"
  # The machine may trust an authority of its own (a company's proxy); what runs inside must trust it too.
  certificates=/etc/ssl/certs/ca-certificates.crt
  if [ -f $certificates ]; then mkdir -p "$root/etc/ssl/certs"; cp -L $certificates "$root$certificates"; fi
  while [ "$1" != -- ]; do
    if [ -d "$1" ]; then mkdir -p "$root$2"; else mkdir -p "$(dirname "$root$2")"; touch "$root$2"; fi
    mount --bind "$1" "$root$2"
    shift 2
  done
  shift
  exec chroot "$root" /usr/bin/env -i "$@" /bin/sh -c "$script"`;

/**
 * Runs a shell script inside a Debian folder, with /proc, /dev, an empty /tmp and the given binds. The mounts
 * belong to a mount namespace of their own and vanish with the command.
 * @param {{ root: string, script: string, binds: { from: string, to: string }[], env: Record<string, string> }} options
 * @returns {Promise<number>} the script's exit code
 */
export function runInFolder({ root, script, binds, env }) {
  const variables = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', LC_ALL: 'C.UTF-8', ...env };
  const assigned = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  const bound = binds.flatMap(({ from, to }) => [from, to]);
  const args = ['--mount', '/bin/sh', '-c', enter, 'folder', root, script, ...bound, '--', ...assigned];
  return run('unshare', args);
}

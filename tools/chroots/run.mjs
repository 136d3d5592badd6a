// @ts-check
// node tools/chroots/run.mjs --suite trixie|sid [--root DIR] [-- command ...]
// Runs a command (default: the tests of all packages) in a Debian folder with that suite's libwasmedge: 0.14.1 in
// trixie, 0.17.1 in sid. The checkout has its own path there, and Node is the one that runs this.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { repositoryRoot } from '../lib/repository.mjs';
import { defaultDebianFolder, ensureDebianFolder, runInFolder } from './debian-folder.mjs';

const packages = 'libwasmedge-dev libstdc++6 gcc g++ libc6-dev libssl-dev ca-certificates'.split(' ');
const passedOn = /^(CI|CI_REQUIRE|WASMEDGE_.*|NODE_EXTRA_CA_CERTS|https?_proxy|no_proxy)$/i;

const separator = process.argv.indexOf('--');
const own = process.argv.slice(2, separator === -1 ? undefined : separator);
const { suite, root } = parseArgs({
  args: own,
  options: { suite: { type: 'string', default: 'sid' }, root: { type: 'string' } },
}).values;
const command = separator === -1 ? ['node', 'tools/test.mjs', '--built'] : process.argv.slice(separator + 1);

try {
  if (suite !== 'trixie' && suite !== 'sid') throw new Error(`--suite is trixie or sid, not "${suite}".`);
  const folder = resolve(root ?? defaultDebianFolder(suite));
  await ensureDebianFolder({ suite, root: folder, packages });
  process.exitCode = await runInFolder({
    root: folder,
    script: `cd ${quote(repositoryRoot)} && exec ${command.map(quote).join(' ')}`,
    binds: [
      { from: repositoryRoot, to: repositoryRoot },
      { from: process.execPath, to: '/usr/local/bin/node' },
    ],
    env: {
      ...passedEnvironment(),
      PATH: '/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      // The folder has what it needs; nothing is installed from inside.
      WASMEDGE_SETUP: 'off',
    },
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** @returns {Record<string, string>} */
function passedEnvironment() {
  const entries = Object.entries(process.env).filter(
    ([name, value]) => passedOn.test(name) && value !== undefined,
  );
  return /** @type {Record<string, string>} */ (Object.fromEntries(entries));
}

/** @param {string} word */
function quote(word) {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

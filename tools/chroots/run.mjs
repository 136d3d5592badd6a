// @ts-check
// node tools/chroots/run.mjs --suite trixie|sid [--root DIR] [-- command ...]
// Runs a command (default: the tests of all packages) in a Debian folder with that suite's libwasmedge: 0.14.1 in
// trixie, 0.17.1 in sid. The checkout has its own path there, and Node is the one that runs this.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { cacheFolder } from '../lib/cache.mjs';
import { repositoryRoot } from '../lib/repository.mjs';
import { main } from '../lib/run.mjs';
import { ensureDebianFolder, runInFolder } from './debian-folder.mjs';

const packages = 'libwasmedge-dev libstdc++6 gcc g++ libc6-dev libssl-dev ca-certificates'.split(' ');
const passedOn = /^(CI|CI_REQUIRE|WASMEDGE_.*|NODE_EXTRA_CA_CERTS|https?_proxy|no_proxy)$/i;

await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { suite: { type: 'string', default: 'sid' }, root: { type: 'string' } },
  });
  const { suite, root = cacheFolder(suite) } = values;
  if (suite !== 'trixie' && suite !== 'sid') throw new Error(`--suite is trixie or sid, not "${suite}".`);
  await ensureDebianFolder({ suite, root: resolve(root), packages });
  const command = positionals.length > 0 ? positionals : ['node', 'tools/test.mjs', '--built'];
  const words = command.map((word) => `'${word.replaceAll("'", "'\\''")}'`);
  const passed = Object.entries(process.env).filter(([name]) => passedOn.test(name));
  return runInFolder({
    root: resolve(root),
    script: `cd "${repositoryRoot}" && exec ${words.join(' ')}`,
    binds: [
      { from: repositoryRoot, to: repositoryRoot },
      { from: process.execPath, to: '/usr/local/bin/node' },
    ],
    env: {
      ...Object.fromEntries(passed),
      PATH: '/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      // The folder has what it needs; nothing is installed from inside.
      WASMEDGE_SETUP: 'off',
    },
  });
});

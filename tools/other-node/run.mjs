// @ts-check
// node tools/other-node/run.mjs 24|26 -- command ...: runs a command, and all that it starts, on another version of Node.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pnpm } from '../lib/dependencies.mjs';
import { repositoryRoot } from '../lib/repository.mjs';
import { capture, run } from '../lib/run.mjs';

const [major = ''] = process.argv.slice(2);
const [command = 'node', ...args] = process.argv.slice(process.argv.indexOf('--') + 1);
const folder = join(repositoryRoot, 'tools/other-node', major);

if (!/^\d+$/.test(major) || !existsSync(join(folder, 'package.json'))) {
  console.error(`Name a version that has a folder in tools/other-node, as 24, not "${major}".`);
  process.exitCode = 1;
} else {
  process.exitCode = await runOn(join(folder, 'node_modules/node/bin'));
}

/** @param {string} bin */
async function runOn(bin) {
  if (!existsSync(join(bin, 'node'))) {
    await pnpm(['install', '--frozen-lockfile', '--filter', `wasmedge-plugins-node${major}`]);
  }
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` };
  const version = capture('node', ['-p', 'process.version'], { env }).stdout.trim();
  if (!version.startsWith(`v${major}.`)) {
    console.error(`Node ${major} could not be installed: "node" is ${version || 'missing'}.`);
    return 1;
  }
  console.log(`On Node ${version}: ${[command, ...args].join(' ')}`);
  return run(command, args, { env });
}

// @ts-check
// node tools/node24/run.mjs -- command ...: runs a command, and all that it starts, on Node 24.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pnpm } from '../lib/dependencies.mjs';
import { repositoryRoot } from '../lib/repository.mjs';
import { capture, run } from '../lib/run.mjs';

const bin = join(repositoryRoot, 'tools/node24/node_modules/node/bin');
const [command = 'node', ...args] = process.argv.slice(process.argv.indexOf('--') + 1);

if (!existsSync(join(bin, 'node'))) {
  await pnpm(['install', '--frozen-lockfile', '--filter', 'wasmedge-plugins-node24']);
}
const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` };
const version = capture('node', ['-p', 'process.version'], { env }).stdout.trim();
if (version.startsWith('v24.')) {
  console.log(`On Node ${version}: ${[command, ...args].join(' ')}`);
  process.exitCode = await run(command, args, { env });
} else {
  console.error(`Node 24 could not be installed: "node" is ${version || 'missing'}.`);
  process.exitCode = 1;
}

// @ts-check
// node tools/other-node/run.mjs 24|26 -- command ...: runs a command, and all that it starts, on another version of Node.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pnpm } from '../lib/dependencies.mjs';
import { repositoryRoot } from '../lib/repository.mjs';
import { capture, main, run } from '../lib/run.mjs';

await main(async () => {
  const [major = '', , command = 'node', ...args] = process.argv.slice(2);
  const folder = join(repositoryRoot, 'tools/other-node', major);
  if (!/^\d+$/.test(major) || !existsSync(join(folder, 'package.json')))
    throw new Error(`Name a version that has a folder in tools/other-node, as 24, not "${major}".`);
  const bin = join(folder, 'node_modules/node/bin');
  if (!existsSync(join(bin, 'node')))
    await pnpm(['install', '--frozen-lockfile', '--filter', `wasmedge-plugins-node${major}`]);
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` };
  const version = capture('node', ['-p', 'process.version'], { env }).stdout.trim();
  if (!version.startsWith(`v${major}.`))
    throw new Error(`Node ${major} could not be installed: "node" is ${version || 'missing'}.`);
  console.log(`On Node ${version}: ${[command, ...args].join(' ')}`);
  return run(command, args, { env });
});

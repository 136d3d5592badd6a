// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { repositoryRoot } from './repository.mjs';
import { run } from './run.mjs';

const stampPath = join(repositoryRoot, 'node_modules', '.installed-for');

/**
 * Installs the locked dependencies unless that has been done for this lock file; without other versions of Node, which only CI needs.
 * @throws {Error} when they cannot be installed
 */
export async function ensureDependencies() {
  const lock = createHash('sha256')
    .update(readFileSync(join(repositoryRoot, 'pnpm-lock.yaml')))
    .digest('hex');
  const stamp = `${lock} ${process.platform} ${process.arch}\n`;
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === stamp) return;
  console.log('Installing dependencies ...');
  const code = await pnpm(['install', '--frozen-lockfile', '--filter', '!./tools/other-node/*']);
  if (code !== 0) {
    throw new Error(
      'The dependencies could not be installed; the reason is above. Check that the npm registry can be reached, then run the command again.',
    );
  }
  writeFileSync(stampPath, stamp);
}

/** Runs the pnpm that the checkout names: the installed one, or one fetched by npx on a fresh checkout. @param {string[]} args */
export function pnpm(args) {
  const installed = join(repositoryRoot, 'node_modules/pnpm/bin/pnpm.cjs');
  const env = { ...toolEnvironment(), npm_config_update_notifier: 'false' };
  if (existsSync(installed)) return run(process.execPath, [installed, ...args], { env });
  const { packageManager } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8'));
  const npx = ['npx', '-y', packageManager, ...args];
  // A script of the shell there, which starts no other way.
  const [command = '', ...words] = process.platform === 'win32' ? ['cmd.exe', '/d', '/s', '/c', ...npx] : npx;
  return run(command, words, { env });
}

/**
 * Builds the packages, quietly unless something is wrong.
 * @param {string[]} [filters] packages, as turbo names them; default: all
 * @throws {Error} when one cannot be built
 */
export async function build(filters = []) {
  console.log('Building ...');
  const selection = filters.map((filter) => `--filter=${filter}`);
  const turbo = join(repositoryRoot, 'node_modules/turbo/bin/turbo');
  const args = [turbo, 'run', 'build', '--output-logs=errors-only', ...selection];
  const quiet = { TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' };
  const code = await run(process.execPath, args, { env: { ...toolEnvironment(), ...quiet } });
  if (code !== 0) throw new Error('The packages could not be built; the reason is above.');
}

/** The environment in which the checkout's own commands (pnpm, tsc, ...) are found. */
export function toolEnvironment() {
  const bin = join(repositoryRoot, 'node_modules/.bin');
  return { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` };
}

// @ts-check
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { toolEnvironment } from '../lib/dependencies.mjs';
import { repositoryRoot } from '../lib/repository.mjs';
import { capture } from '../lib/run.mjs';

/**
 * Builds the packages that the tools depend on, those that are measured among them, without a word on stdout: that may belong to JSON.
 * @throws {Error} when they cannot be built
 */
export function buildPackages() {
  const turbo = join(repositoryRoot, 'node_modules/turbo/bin/turbo');
  if (!existsSync(turbo))
    throw new Error('Nothing is installed yet. Run "npm test" or "npm run demo" first.');
  const { code, output } = capture(
    process.execPath,
    [turbo, 'run', 'build', '--filter=wasmedge-plugins-tools^...'],
    {
      env: { ...toolEnvironment(), TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' },
    },
  );
  if (code !== 0) throw new Error(`The packages could not be built:\n${output}`);
}

// @ts-check
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { toolEnvironment } from '../lib/dependencies.mjs';
import { repositoryRoot } from '../lib/repository.mjs';
import { capture } from '../lib/run.mjs';

const packages = [
  '@wasmedge-plugins/core',
  '@wasmedge-plugins/httpsreq',
  '@wasmedge-plugins/wasi-crypto',
  '@wasmedge-plugins/wasi-nn-openvino',
  '@wasmedge-plugins/wasi-nn-pytorch',
  '@wasmedge-plugins/wasi-nn-tflite',
];

/**
 * Builds the packages that are measured, without a word on stdout: that may belong to JSON.
 * @throws {Error} when they cannot be built
 */
export function buildPackages() {
  const turbo = join(repositoryRoot, 'node_modules/turbo/bin/turbo');
  if (!existsSync(turbo))
    throw new Error('Nothing is installed yet. Run "npm test" or "npm run demo" first.');
  const { code, output } = capture(
    process.execPath,
    [turbo, 'run', 'build', ...packages.map((name) => `--filter=${name}`)],
    {
      env: { ...toolEnvironment(), TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' },
    },
  );
  if (code !== 0) throw new Error(`${packages.join(' and ')} could not be built:\n${output}`);
}

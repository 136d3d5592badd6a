import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../bin/wasmedge-plugins.js', import.meta.url));

/** How a run of the command ended. */
export interface BinResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command as a person would. */
export function runBin(
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string>; bin?: string } = {},
): BinResult {
  const { status, stdout, stderr } = spawnSync(process.execPath, [options.bin ?? bin, ...args], {
    encoding: 'utf8',
    cwd: options.cwd,
    // pnpm's scripts set NODE_PATH, through which every package of the checkout could be found.
    env: { ...process.env, NODE_PATH: '', ...options.env },
  });
  return { status, stdout, stderr };
}

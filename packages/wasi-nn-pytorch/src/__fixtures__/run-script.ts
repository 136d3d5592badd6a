import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Runs JavaScript on the built package in a process of its own. */
export function runScript(script: string, env: NodeJS.ProcessEnv = {}) {
  const cwd = fileURLToPath(new URL('../../', import.meta.url));
  const result = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { code: result.status, signal: result.signal, stdout: result.stdout, stderr: result.stderr };
}

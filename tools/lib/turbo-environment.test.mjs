// @ts-check
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { toolEnvironment } from './dependencies.mjs';
import { repositoryRoot } from './repository.mjs';
import { capture } from './run.mjs';

// turbo's documentation, "Using environment variables": in strict mode a task sees only what turbo.json lists.

const workspace = mkdtempSync(join(tmpdir(), 'wasmedge-plugins-turbo-'));
afterAll(() => rmSync(workspace, { recursive: true, force: true }));

/**
 * What a task of this checkout's turbo.json sees.
 * @param {Record<string, string>} variables
 */
function seenByTask(variables) {
  const { packageManager } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8'));
  mkdirSync(join(workspace, 'packages/probe'), { recursive: true });
  copyFileSync(join(repositoryRoot, 'turbo.json'), join(workspace, 'turbo.json'));
  writeFileSync(join(workspace, 'package.json'), JSON.stringify({ name: 'probes', packageManager }));
  writeFileSync(join(workspace, 'pnpm-workspace.yaml'), 'packages:\n  - packages/*\n');
  const print = `node -e "require('fs').writeFileSync('seen.json', JSON.stringify(process.env))"`;
  writeFileSync(
    join(workspace, 'packages/probe/package.json'),
    JSON.stringify({ name: 'probe', version: '0.0.0', scripts: { test: print } }),
  );
  const turbo = join(repositoryRoot, 'node_modules/turbo/bin/turbo');
  const result = capture(process.execPath, [turbo, 'run', 'test', '--skip-infer', '--no-daemon'], {
    cwd: workspace,
    env: { ...toolEnvironment(), ...variables },
  });
  expect(result.code, result.output).toBe(0);
  return JSON.parse(readFileSync(join(workspace, 'packages/probe/seen.json'), 'utf8'));
}

test('a test task sees what names engines, libraries and proxies, and nothing unlisted', () => {
  const listed = {
    CI: 'true',
    CI_REQUIRE: 'wasmedge,v8',
    WASMEDGE_LIBRARY: '/a',
    WASMEDGE_NATIVE_PLUGINS: '/b',
    WASMEDGE_PLUGIN_PATH: '/c',
    LD_LIBRARY_PATH: '/d',
    C_INCLUDE_PATH: '/e',
    LIBRARY_PATH: '/f',
    HTTP_PROXY: 'http://proxy.invalid',
    HTTPS_PROXY: 'http://proxy.invalid',
    NO_PROXY: 'localhost',
    NODE_EXTRA_CA_CERTS: '/dev/null',
  };
  const seen = seenByTask({ ...listed, PROBE_UNLISTED: 'seen' });
  expect(seen).toMatchObject(listed);
  expect(seen).not.toHaveProperty('PROBE_UNLISTED');
});

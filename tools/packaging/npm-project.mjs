// @ts-check
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { capture } from '../lib/run.mjs';

/**
 * An empty project outside the checkout with tarballs installed by plain npm.
 * @param {string[]} tarballs
 * @param {string[]} [flags] more arguments of npm install
 * @param {Record<string, string>} [overrides] what npm takes a package from that it would look up in the registry
 * @returns {string} the folder
 * @throws {Error} when npm fails
 */
export function makeNpmProject(tarballs, flags = [], overrides = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'wasmedge-plugins-install-'));
  const manifest = { private: true, type: 'module', overrides };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest)}\n`);
  const quiet = ['--no-audit', '--no-fund', '--no-progress', '--prefer-offline', '--loglevel=error'];
  const result = capture('npm', ['install', ...quiet, ...flags, ...tarballs], {
    cwd: folder,
    env: outsideEnvironment(),
  });
  if (result.code !== 0) throw new Error(`npm install ${tarballs.join(' ')} failed:\n${result.output}`);
  return folder;
}

/**
 * The packages of this project that npm sees in a folder.
 * @param {string} folder
 * @returns {string[]} sorted names
 */
export function installedPackages(folder) {
  const { stdout } = capture('npm', ['ls', '--all', '--json'], { cwd: folder, env: outsideEnvironment() });
  const names = new Set(
    [...stdout.matchAll(/"(@wasmedge-plugins\/[^"]+)": \{\s*"version"/g)].map((match) => match[1] ?? ''),
  );
  return [...names].sort();
}

/** What npm and pnpm scripts add to the environment would leak this checkout's settings into the project. */
export function outsideEnvironment() {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm|pnpm)_|^INIT_CWD$/i.test(name)),
  );
}

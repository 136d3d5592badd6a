// @ts-check
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publicPackages } from '../lib/repository.mjs';
import { capture } from '../lib/run.mjs';

/**
 * Applies the pending changesets of a copy, as "npm run version-packages" does.
 * @param {string} copy
 * @returns {string[]} what is wrong: not one version for all
 */
export function applyChangesets(copy) {
  for (const script of ['node_modules/@changesets/cli/bin.js', 'tools/packaging/align-peers.mjs']) {
    const args = script.includes('changesets') ? ['version'] : [];
    const result = capture(process.execPath, [join(copy, script), ...args], { cwd: copy });
    if (result.code !== 0) return [`${script} fails:\n${result.output}`];
  }
  const versions = new Set(publicPackages(copy).map(({ version }) => version));
  return versions.size === 1 ? [] : [`The packages have different versions: ${[...versions].join(', ')}`];
}

/**
 * Rehearses a minor of core alone.
 * @param {string} copy
 * @returns {string[]} what is wrong: a package that got a major, or another version than the rest
 */
export function rehearseMinorOfCore(copy) {
  const before = versionOf(copy);
  writeFileSync(
    join(copy, '.changeset/minor-of-core.md'),
    "---\n'@wasmedge-plugins/core': minor\n---\n\nA new option.\n",
  );
  const problems = applyChangesets(copy);
  const after = versionOf(copy);
  const [major = 0, minor = 0] = before.split('.').map(Number);
  const expected = `${major}.${minor + 1}.0`;
  if (after !== expected) problems.push(`A minor of core takes ${before} to ${after}, not to ${expected}.`);
  console.log(`A minor of core takes every package from ${before} to ${after}.`);
  return problems;
}

/** @param {string} root */
function versionOf(root) {
  const core = publicPackages(root).find(({ name }) => name === '@wasmedge-plugins/core');
  if (core === undefined) throw new Error(`${root} has no package core.`);
  return core.version;
}

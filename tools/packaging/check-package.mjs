// @ts-check
import { join } from 'node:path';
import { repositoryRoot } from '../lib/repository.mjs';
import { capture } from '../lib/run.mjs';
import { pnpmIn } from './pack.mjs';

/**
 * Looks at one packed package the way the registry and its users will.
 * @param {import('./pack.mjs').PackedPackage} packed
 * @returns {string[]} what is wrong
 */
export function checkPackage(packed) {
  return [
    ...checkManifest(packed),
    ...checkFiles(packed),
    ...runLinters(packed),
    ...rehearsePublish(packed),
  ].map((problem) => `${packed.name}: ${problem}`);
}

/** @param {import('./pack.mjs').PackedPackage} packed */
function checkManifest({ manifest }) {
  const problems = [];
  for (const script of ['preinstall', 'install', 'postinstall']) {
    if (manifest.scripts?.[script] !== undefined)
      problems.push(`has a script "${script}" that runs on install`);
  }
  if (manifest.engines?.node !== '>=20.19') problems.push('engines.node is not ">=20.19"');
  if (manifest.license !== 'Apache-2.0') problems.push('license is not Apache-2.0');
  if (JSON.stringify({ ...manifest, devDependencies: {} }).includes('workspace:')) {
    problems.push('a range still says "workspace:"');
  }
  return problems;
}

/** @param {import('./pack.mjs').PackedPackage} packed */
function checkFiles({ files }) {
  const problems = ['LICENSE', 'README.md', 'package.json']
    .filter((file) => !files.includes(file))
    .map((file) => `${file} is not in the tarball`);
  if (!files.some((file) => file.startsWith('dist/'))) problems.push('dist/ is not in the tarball');
  for (const file of files) {
    if (/\.test(-d)?\.|__fixtures__|^src\/|\.env/.test(file))
      problems.push(`${file} does not belong in the tarball`);
  }
  return problems;
}

/** @param {import('./pack.mjs').PackedPackage} packed */
function runLinters({ tarball, manifest }) {
  const linters = [['publint/src/cli.js', 'run', tarball, '--strict']];
  // A package that is only a command has no types to look at.
  if (manifest.exports?.['.'] !== undefined) {
    linters.push(['@arethetypeswrong/cli/dist/index.js', tarball, '--profile', 'esm-only', '--no-emoji']);
  }
  return linters.flatMap(([script = '', ...args]) => {
    const result = capture(process.execPath, [join(repositoryRoot, 'node_modules', script), ...args]);
    return result.code === 0 ? [] : [`${script.split('/dist')[0]} says:\n${result.output.trimEnd()}`];
  });
}

/** @param {import('./pack.mjs').PackedPackage} packed */
function rehearsePublish({ folder }) {
  const result = pnpmIn(folder, ['publish', '--dry-run', '--no-git-checks', '--access', 'public']);
  return result.code === 0 ? [] : [`pnpm publish --dry-run fails:\n${result.output.trimEnd()}`];
}

// @ts-check
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { addExampleFiles, linkDependency } from '../docs/example-folder.mjs';
import { readBlocks } from '../docs/markdown-blocks.mjs';
import { checkExamples, runExamples, writeExamples } from '../docs/typescript-examples.mjs';
import { capture } from '../lib/run.mjs';
import { installedPackages, makeNpmProject } from './npm-project.mjs';

const coreName = '@wasmedge-plugins/core';

/**
 * Installs one package with what it cannot do without (core, and peers that are not optional), and nothing else of this project, and does
 * what its README says.
 * @param {import('./pack.mjs').PackedPackage} packed
 * @param {import('./pack.mjs').PackedPackage[]} packages all of them
 * @returns {string[]} what is wrong
 */
export function checkInstallation(packed, packages) {
  const { peerDependencies = {}, peerDependenciesMeta = {} } = packed.manifest;
  const peers = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional);
  const installedHere = packages.filter(({ name }) => [coreName, packed.name, ...peers].includes(name));
  // npm looks an optional peer up when several packages name it, though it does not install it; these may not be published yet.
  const others = packages.filter((each) => !installedHere.includes(each));
  const overrides = Object.fromEntries(others.map(({ name, tarball }) => [name, `file:${tarball}`]));
  const folder = makeNpmProject(
    installedHere.map(({ tarball }) => tarball),
    [],
    overrides,
  );
  try {
    const expected = installedHere.map(({ name }) => name).sort();
    const installed = installedPackages(folder);
    const problems = checkReadme(packed, folder);
    if (installed.join() !== expected.join()) problems.push(`npm ls shows ${installed.join(', ')}`);
    if (packed.manifest.bin?.['wasmedge-plugins'] !== undefined) problems.push(...checkCommand(folder));
    return problems;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Installs a package without its peer core and imports it.
 * @param {import('./pack.mjs').PackedPackage} packed
 * @returns {string[]} what is wrong
 */
export function checkMissingPeer(packed) {
  if (packed.manifest.peerDependencies?.[coreName] === undefined) return [];
  const folder = makeNpmProject([packed.tarball], ['--legacy-peer-deps']);
  try {
    const { code, stderr } = capture(process.execPath, ['-e', `import('${packed.name}')`], { cwd: folder });
    const message = stderr.split('\n').filter((line) => line.includes(coreName) && /Error/.test(line));
    if (code !== 0 && message.length > 0) return [];
    return [
      `without ${coreName}, importing it does not name what is missing (exit code ${code}):\n${stderr}`,
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {import('./pack.mjs').PackedPackage} packed
 * @param {string} folder
 */
function checkReadme(packed, folder) {
  const readme = join(packed.folder, 'README.md');
  if (!existsSync(readme)) return ['it has no README.md'];
  addExampleFiles(folder);
  // What a README's example may use besides: optional peers that are not of this project (vitest).
  for (const peer of Object.keys(packed.manifest.peerDependenciesMeta ?? {})) {
    if (!peer.startsWith('@wasmedge-plugins/')) linkDependency(folder, peer, packed.folder);
  }
  const examples = writeExamples(folder, 'README.md', readBlocks(readme));
  if (examples.length === 0)
    return packed.manifest.bin === undefined ? ['README.md has no TypeScript example'] : [];
  const problems = checkExamples(folder, examples);
  return problems.length > 0 ? problems : runExamples(folder, examples);
}

/**
 * The command without any of its optional packages.
 * @param {string} folder
 */
function checkCommand(folder) {
  const command = join(folder, 'node_modules/.bin/wasmedge-plugins');
  const problems = [];
  const help = capture(command, ['--help'], { cwd: folder });
  if (help.code !== 0) problems.push(`--help fails:\n${help.output}`);
  const { code, stderr } = capture(command, ['conformance', 'process'], { cwd: folder });
  const lines = stderr.trim().split('\n');
  if (code === 0 || lines.length !== 1 || !lines[0]?.includes('@wasmedge-plugins/')) {
    problems.push(`a missing package is not told in one line that names it (exit code ${code}):\n${stderr}`);
  }
  return problems;
}

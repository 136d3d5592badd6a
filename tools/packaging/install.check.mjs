// @ts-check
// Installs each package with core and what else it needs, and nothing more of this project, in an empty project, with npm; and does
// what its README says.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { startExampleNetwork } from '../docs/example-network.mjs';
import {
  addExampleFiles,
  compileExamples,
  linkDependency,
  runExample,
  writeExamples,
} from '../docs/examples.mjs';
import { readPage } from '../docs/markdown.mjs';
import { lacking } from '../docs/needs.mjs';
import { installedByPage, isTyped, typePage } from '../docs/typed-page.mjs';
import { repositoryRoot } from '../lib/repository.mjs';
import { captureAsync } from '../lib/run.mjs';
import { backendEnvironment } from '../setup/setup.mjs';
import { packAll } from './pack.mjs';

const coreName = '@wasmedge-plugins/core';
// What npm and pnpm add to the environment would leak this checkout into the projects.
const outside = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(npm|pnpm)_|^(INIT_CWD|NODE_PATH)$/i.test(name)),
);
// As quick as it goes.
const quiet = ['--no-audit', '--no-fund', '--no-progress', '--prefer-offline', '--loglevel=error'];
const folder = mkdtempSync(join(tmpdir(), 'wasmedge-plugins-install-'));
const network = await startExampleNetwork();
afterAll(() => {
  network.close();
  rmSync(folder, { recursive: true, force: true });
});
const packages = packAll(folder);

describe.concurrent.each(packages)('$name', (packed) => {
  const { peerDependencies = {}, peerDependenciesMeta = {}, bin } = packed.manifest;

  test('installs and works with what it cannot do without', async () => {
    const peers = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional);
    const installed = packages.filter(({ name }) => [coreName, packed.name, ...peers].includes(name));
    const project = await makeNpmProject(installed);
    const { output } = await runOutside(project, 'npm', 'ls', '--all', '--json');
    const seen = [...output.matchAll(/"(@wasmedge-plugins\/[^"]+)": \{\s*"version"/g)].map(
      ([, name]) => name,
    );
    expect([...new Set(seen)].sort()).toEqual(installed.map(({ name }) => name).sort());
    await followReadme(packed, project);
    // What a newcomer types first, in an empty folder.
    const { blocks } = readmeOf(packed.folder);
    await typeFrom(blocks);
    if (bin?.['wasmedge-plugins'] === undefined) return;
    // The command without any of its optional packages.
    const command = join(project, 'node_modules/.bin/wasmedge-plugins');
    const help = await runOutside(project, command, '--help');
    expect(help.code, help.output).toBe(0);
    const lacksPackage = await runOutside(project, command, 'conformance', 'process');
    expect(lacksPackage.code).not.toBe(0);
    expect(lacksPackage.output.trim(), 'one line names it').toMatch(/^.*@wasmedge-plugins\/.*$/);
  });

  test.runIf(peerDependencies[coreName])(
    'names core, or another package that it needs, where none is there',
    async () => {
      const project = await makeNpmProject([packed], '--legacy-peer-deps');
      const { code, output } = await runOutside(project, process.execPath, '-e', `import('${packed.name}')`);
      expect(code).not.toBe(0);
      const needed = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional);
      expect(output).toMatch(new RegExp(`^.*Error.*'(${needed.join('|')})['/]`, 'm'));
    },
  );
});

const typedPages = ['README.md', ...readdirSync(join(repositoryRoot, 'docs')).map((name) => `docs/${name}`)]
  .filter((name) => name.endsWith('.md'))
  .map((name) => ({ name, ...readPage(readFileSync(join(repositoryRoot, name), 'utf8')) }))
  .filter(({ blocks }) => isTyped(blocks));

test.concurrent.for(typedPages)(
  '$name is followed from an empty folder',
  { timeout: 900_000 },
  ({ blocks }) => typeFrom(blocks),
);

/** An empty project outside the checkout with packages installed by plain npm. @param {typeof packages} installed @param {...string} flags */
async function makeNpmProject(installed, ...flags) {
  const project = makeEmptyProject(installed);
  const tarballs = installed.map(({ tarball }) => tarball);
  const { code, output } = await runOutside(project, 'npm', 'install', ...quiet, ...flags, ...tarballs);
  expect(code, output).toBe(0);
  return project;
}

/** A folder that knows of the packages which are going to be installed, and of nothing else. @param {typeof packages} installed */
function makeEmptyProject(installed) {
  const project = mkdtempSync(join(folder, 'project-'));
  // npm looks an optional peer up when several packages name it, though it does not install it; these may not be published yet.
  const others = packages.filter((each) => !installed.includes(each));
  const overrides = Object.fromEntries(others.map(({ name, tarball }) => [name, `file:${tarball}`]));
  writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, overrides }));
  return project;
}

/** Types what a page says to. @param {import('../docs/markdown.mjs').Block[]} blocks */
async function typeFrom(blocks) {
  const names = installedByPage(blocks);
  const project = makeEmptyProject(packages.filter(({ name }) => names.includes(name)));
  const manifestFile = join(project, 'package.json');
  const { overrides } = JSON.parse(readFileSync(manifestFile, 'utf8'));
  const asInstalled = (/** @type {string} */ line) => {
    // A page may have written a manifest of its own.
    const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));
    writeFileSync(manifestFile, JSON.stringify({ ...manifest, overrides }));
    const words = line.split(' ').map((word) => packages.find(({ name }) => name === word)?.tarball ?? word);
    // What npm says of it is not what the page shows.
    return [...words.slice(0, 2), ...quiet, ...words.slice(2), '>&2'].join(' ');
  };
  const leftOut = await typePage(blocks, { folder: project, environmentOf, asInstalled });
  for (const line of leftOut) console.log(`left out: ${line}`);
}

/** Registries are asked for as always; what else a page does has the network of the examples. @param {string} code */
function environmentOf(code) {
  const common = { ...outside, ...backendEnvironment() };
  return /^(npm install|cargo) /m.test(code) ? common : { ...common, ...network.environment };
}

/** @param {string} of */
function readmeOf(of) {
  return readPage(readFileSync(join(of, 'README.md'), 'utf8'));
}

/** @param {string} cwd @param {string} command @param {...string} args */
function runOutside(cwd, command, ...args) {
  return captureAsync(command, args, { cwd, env: outside });
}

/** @param {import('./pack.mjs').PackedPackage} packed @param {string} project */
async function followReadme(packed, project) {
  addExampleFiles(project);
  // What a README's example may use besides: optional peers that are not of this project (vitest).
  for (const peer of Object.keys(packed.manifest.peerDependenciesMeta ?? {}))
    if (!peer.startsWith('@wasmedge-plugins/')) linkDependency(project, peer, packed.folder);
  const { blocks } = readmeOf(packed.folder);
  const examples = writeExamples(project, 'README.md', blocks);
  if (packed.manifest.bin === undefined)
    expect(examples, 'README.md has a TypeScript example').not.toEqual([]);
  if (examples.length > 0) expect(await compileExamples(project)).toBe('');
  for (const example of examples.filter((each) => each.runs && lacking(each) === undefined)) {
    const { code, output } = await runExample(example, project, { ...network.environment, NODE_PATH: '' });
    expect(code, `${example.where}\n${output}`).toBe(0);
  }
}

// @ts-check
// npm run register: writes what is known of every package from the field "wasmedgePlugin" of their package.json files: core's register, and
// the packages that the command is built for. With --check it only says whether that was done; another folder than this checkout may follow.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publicPackages, repositoryRoot } from './lib/repository.mjs';

const args = process.argv.slice(2);
const [root = repositoryRoot] = args.filter((argument) => argument !== '--check');
const packages = publicPackages(root).filter(({ manifest }) => manifest.wasmedgePlugin !== undefined);
/** @type {Record<string, any>[]} */
const entries = packages.map(({ name, manifest }) => ({ packageName: name, ...manifest.wasmedgePlugin }));
const commandPath = join(root, 'packages/cli/package.json');

for (const [path, text] of [
  [join(root, 'packages/core/src/register/register.ts'), format(registerText())],
  [commandPath, commandText()],
]) {
  if (readFileSync(path, 'utf8') === text) continue;
  if (args.includes('--check')) {
    console.error(`${path} is out of date: run "npm run register".`);
    process.exitCode = 1;
  } else writeFileSync(path, text);
}

function registerText() {
  const backends = entries.filter(({ backendOf }) => backendOf !== undefined);
  const union = (/** @type {string[]} */ names) => [...new Set(names)].map((name) => `'${name}'`).join(' | ');
  return `// Made by "npm run register" from the field "wasmedgePlugin" of the packages' package.json files. Change those.
import type { RegisterEntry } from './register-entry.js';

/** WasmEdge name of a plug-in that has a package here. */
export type PluginName = ${union(entries.filter((entry) => !backends.includes(entry)).map(({ name }) => name))};

/** Name of a backend that has a package here. */
export type BackendName = ${union(backends.map(({ name }) => name))};

/** An encoding of models that a package here loads, as \`--nn-preload\` names it. */
export type EncodingName = ${union(backends.flatMap(({ encodings = [] }) => encodings))};

/** Every package that provides a plug-in or a backend of one, by the name of its folder. */
export const register: readonly RegisterEntry<PluginName, BackendName, EncodingName>[] = ${JSON.stringify(entries)};
`;
}

/** The command works with every package that provides something, and needs none of them. */
function commandText() {
  const manifest = JSON.parse(readFileSync(commandPath, 'utf8'));
  const conformance = '@wasmedge-plugins/conformance';
  const providers = entries.filter(({ name }) => !entries.some(({ backendOf }) => backendOf === name));
  const names = [conformance, ...providers.map(({ packageName }) => packageName)].sort();
  const all = (/** @type {unknown} */ value) => Object.fromEntries(names.map((name) => [name, value]));
  const dev = { ...manifest.devDependencies, ...all('workspace:*') };
  const gone = Object.keys(manifest.peerDependencies).filter((name) => !names.includes(name));
  for (const name of gone) delete dev[name];
  const made = {
    ...manifest,
    peerDependencies: all(manifest.peerDependencies[conformance]),
    peerDependenciesMeta: all({ optional: true }),
    devDependencies: Object.fromEntries(Object.entries(dev).sort()),
  };
  return `${JSON.stringify(made, null, 2)}\n`;
}

/** As the formatter writes it. @param {string} text */
function format(text) {
  const biome = join(repositoryRoot, 'node_modules/@biomejs/biome/bin/biome');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [biome, 'format', '--stdin-file-path=register.ts'],
    { cwd: repositoryRoot, input: text, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`The register cannot be formatted:\n${stderr}`);
  return stdout;
}

// @ts-check
// npm run register: writes what is known of every package from the field "wasmedgePlugin" of their package.json files: core's register, and
// the packages that the command is built for. With --check it only says whether that was done; another folder than this checkout may follow.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { publicPackages, repositoryRoot } from './lib/repository.mjs';

const conformance = '@wasmedge-plugins/conformance';

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [root = repositoryRoot] = process.argv.slice(2).filter((argument) => argument !== '--check');
  const files = registerFiles(root).filter(({ path, text }) => readFileSync(path, 'utf8') !== text);
  if (!process.argv.includes('--check')) for (const { path, text } of files) writeFileSync(path, text);
  else for (const { path } of files) console.error(`${path} is out of date: run "npm run register".`);
  process.exitCode = process.argv.includes('--check') && files.length > 0 ? 1 : 0;
}

/**
 * The files that say which packages there are, as they should be.
 * @param {string} root
 */
export function registerFiles(root) {
  const packages = publicPackages(root).filter(({ manifest }) => manifest.wasmedgePlugin !== undefined);
  const entries = packages.map(({ name, manifest }) => ({ packageName: name, ...manifest.wasmedgePlugin }));
  return [
    { path: join(root, 'packages/core/src/register/register.ts'), text: format(registerText(entries)) },
    { path: join(root, 'packages/cli/package.json'), text: commandText(root, entries) },
  ];
}

/** @param {Record<string, any>[]} entries */
function registerText(entries) {
  const backends = entries.filter(({ backendOf }) => backendOf !== undefined);
  /** @param {string[]} names */
  const union = (names) => [...new Set(names)].map((name) => `'${name}'`).join(' | ');
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

/**
 * The command works with every package that provides something, and needs none of them.
 * @param {string} root
 * @param {Record<string, any>[]} entries
 */
function commandText(root, entries) {
  const manifest = JSON.parse(readFileSync(join(root, 'packages/cli/package.json'), 'utf8'));
  const { [conformance]: range, ...others } = manifest.peerDependencies;
  const providers = entries.filter(({ name }) => !entries.some(({ backendOf }) => backendOf === name));
  const names = [conformance, ...providers.map(({ packageName }) => packageName)].sort();
  /** @param {unknown} value */
  const all = (value) => Object.fromEntries(names.map((name) => [name, value]));
  const dev = Object.entries({ ...manifest.devDependencies, ...all('workspace:*') });
  const gone = Object.keys(others).filter((name) => !names.includes(name));
  return `${JSON.stringify(
    {
      ...manifest,
      peerDependencies: all(range),
      peerDependenciesMeta: all({ optional: true }),
      devDependencies: Object.fromEntries(dev.filter(([name]) => !gone.includes(name)).sort()),
    },
    null,
    2,
  )}\n`;
}

/**
 * As the formatter writes it.
 * @param {string} text
 */
function format(text) {
  const biome = join(repositoryRoot, 'node_modules/@biomejs/biome/bin/biome');
  const args = [biome, 'format', '--stdin-file-path=register.ts'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: repositoryRoot,
    input: text,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The register cannot be formatted:\n${stderr}`);
  return stdout;
}

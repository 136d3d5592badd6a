// @ts-check
// npm run manifests: writes into the package.json of every package where the project lies in public, which only the one at the top says.
// Pages and forms that named the address before name the new one. With --check it only says what is out of date; another folder than this
// checkout may follow.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { addressIn, addressOf, publicAddress } from '../lib/public-address.mjs';
import { publicPackages, repositoryRoot } from '../lib/repository.mjs';
import { capture } from '../lib/run.mjs';

const args = process.argv.slice(2);
const isCheck = args.includes('--check');
const [root = repositoryRoot] = args.filter((argument) => argument !== '--check');
const address = publicAddress(root);
/** By these every package is found; what is its own comes after them. */
const commonKeywords = ['wasmedge', 'webassembly', 'wasm', 'wasi'];

for (const { folder, manifest } of publicPackages(root)) {
  const before = addressIn(manifest);
  const directory = relative(root, folder).replaceAll('\\', '/');
  const { version, description, keywords = [], license, ...rest } = manifest;
  const made = {
    name: manifest.name,
    version,
    description,
    keywords: [...new Set([...commonKeywords, ...keywords])],
    homepage: `${addressOf(directory, address, 'tree')}#readme`,
    bugs: { url: `${address}/issues` },
    repository: { type: 'git', url: `git+${address}.git`, directory },
    license,
  };
  write(join(folder, 'package.json'), `${JSON.stringify({ ...made, ...without(rest, made) }, null, 2)}\n`);
  if (before !== undefined && before !== address && !isCheck) replaceEverywhere(before);
}

/** @param {Record<string, any>} fields @param {Record<string, any>} others */
function without(fields, others) {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !(name in others)));
}

/** @param {string} before the address that pages name */
function replaceEverywhere(before) {
  const listed = capture('git', ['ls-files', '*.md', '*.yml'], { cwd: root }).stdout.trim().split('\n');
  for (const path of listed.map((name) => join(root, name))) {
    write(path, readFileSync(path, 'utf8').replaceAll(before, address));
  }
}

/** @param {string} path @param {string} text */
function write(path, text) {
  if (readFileSync(path, 'utf8') === text) return;
  if (isCheck) {
    console.error(`${path} is out of date: run "npm run manifests".`);
    process.exitCode = 1;
  } else writeFileSync(path, text);
}

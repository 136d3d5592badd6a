// @ts-check
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assemble } from '../fixtures/wat-guests.mjs';
import { repositoryRoot } from '../lib/repository.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Guests of the program's own: one that prints, and one that never ends. */
const texts = {
  hello: String.raw`(module
    (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
    (memory (export "memory") 1)
    (data (i32.const 0) "\08\00\00\00\06\00\00\00hello\n")
    (func (export "_start") (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 16)))))`,
  endless: '(module (memory (export "memory") 1) (func (export "_start") (loop $again (br $again))))',
};

/** Writes the guests of the program. @param {string} folder */
export async function writeGuests(folder) {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(texts))
    writeFileSync(join(folder, `${name}.wasm`), await assemble(name, text));
  for (const file of [
    'process/conformance/command-runner',
    'httpsreq/conformance/http-req-wasi-client',
    'wasi-crypto/conformance/crypto-script',
  ])
    copyFileSync(
      join(repositoryRoot, 'packages', `${file}.wasm`),
      join(folder, `${file.split('/')[2]}.wasm`),
    );
}

/**
 * Makes a project with copies of packages, as npm would install them, which is not in the way of a bundle when it is gone.
 *
 * @param {string} folder
 * @param {readonly string[]} names
 */
export function installCopies(folder, names) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  for (const name of names) copyPackage(folder, name, here);
}

/** @param {string} folder @param {string} name @param {string} from */
function copyPackage(folder, name, from) {
  const target = join(folder, 'node_modules', name);
  if (existsSync(target)) return;
  const source = folderOf(name, from);
  mkdirSync(dirname(target), { recursive: true });
  // It has libraries for every platform, and is never bundled.
  if (name === 'koffi') {
    symlinkSync(source, target);
    return;
  }
  const left = name.startsWith('@wasmedge-plugins/')
    ? /^\/(?!(dist|package\.json)(\/|$))|\.map$/
    : /^\/node_modules(\/|$)/;
  cpSync(source, target, {
    recursive: true,
    filter: (file) => !left.test(file.slice(source.length)),
  });
  const {
    dependencies = {},
    peerDependencies = {},
    peerDependenciesMeta = {},
  } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
  for (const other of Object.keys(dependencies)) copyPackage(folder, other, source);
  for (const other of Object.keys(peerDependencies))
    if (!peerDependenciesMeta[other]?.optional) copyPackage(folder, other, source);
}

/** Where a package is installed. @param {string} name @param {string} from */
function folderOf(name, from) {
  const places = createRequire(join(from, '_')).resolve.paths(name) ?? [];
  const place = places.find((each) => existsSync(join(each, name, 'package.json')));
  if (place === undefined) throw new Error(`${name} is not installed for ${from}.`);
  return realpathSync(join(place, name));
}

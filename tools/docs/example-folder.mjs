// @ts-check
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { assemble } from '../fixtures/wat-guests.mjs';
import { exampleFolders, publicPackages, repositoryRoot } from '../lib/repository.mjs';

/** Guests that are only in the documentation: a library, and a WASI command. */
const ownGuests = {
  add: '(module (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add))',
  hello: String.raw`(module
    (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
    (memory (export "memory") 1)
    (data (i32.const 0) "\08\00\00\00\06\00\00\00hello\n")
    (func (export "_start")
      (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 16)))))`,
};

/**
 * Puts into a folder what the documentation's examples read: every package's and example's conformance guests and models by their
 * names, `guest.wasm` (the guest "command-runner"), `add.wasm` (a library that exports add(i32, i32)) and `hello.wasm` (a
 * WASI command that prints "hello").
 * @param {string} folder
 */
export async function addExampleFiles(folder) {
  for (const project of [...publicPackages().map((entry) => entry.folder), ...exampleFolders()]) {
    copyFiles(join(project, 'conformance'), folder, (file) => file.endsWith('.wasm'));
    copyFiles(join(project, 'conformance/models'), folder, (file) => !file.endsWith('.json'));
  }
  copyFiles(folder, folder, (file) => file === 'command-runner.wasm', 'guest.wasm');
  for (const [name, text] of Object.entries(ownGuests))
    writeFileSync(join(folder, `${name}.wasm`), await assemble(name, text));
}

/**
 * @param {string} from a folder, which may be missing
 * @param {string} to
 * @param {(name: string) => boolean} wanted
 * @param {string} [newName]
 */
function copyFiles(from, to, wanted, newName) {
  for (const file of existsSync(from) ? readdirSync(from).filter(wanted) : [])
    copyFileSync(join(from, file), join(to, newName ?? file));
}

/** Makes every package of the checkout importable in a folder, and what else the documentation uses. @param {string} folder */
export function linkPackages(folder) {
  mkdirSync(join(folder, 'node_modules/@wasmedge-plugins'), { recursive: true });
  for (const entry of publicPackages()) symlinkSync(entry.folder, join(folder, 'node_modules', entry.name));
  for (const name of ['vitest', 'tsup', '.bin/wasmedge-plugins']) linkDependency(folder, name);
}

/**
 * Puts a copy of every example project into a folder, for commands that build in it, and makes the projects importable.
 * @param {string} folder
 */
export function addExampleProjects(folder) {
  for (const project of exampleFolders()) {
    const name = basename(project);
    const left = ['node_modules', 'dist'].map((part) => join(project, part));
    cpSync(project, join(folder, name), { recursive: true, filter: (source) => !left.includes(source) });
    symlinkSync(project, join(folder, 'node_modules', name));
  }
}

/**
 * Makes a package of the checkout's dependencies importable in a folder.
 * @param {string} folder
 * @param {string} name
 * @param {string} from the folder whose dependency it is
 */
export function linkDependency(folder, name, from = repositoryRoot) {
  const link = join(folder, 'node_modules', name);
  if (existsSync(link)) return;
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(join(from, 'node_modules', name), link);
}

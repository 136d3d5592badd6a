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
import { exampleFolders, publicPackages, repositoryRoot } from '../lib/repository.mjs';

/** (module (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add)) */
const addModule = '0061736d0100000001070160027f7f017f030201000707010361646400000a09010700200020016a0b';

/**
 * (module
 *   (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
 *   (memory (export "memory") 1)
 *   (data (i32.const 0) "\08\00\00\00\06\00\00\00hello\n")
 *   (func (export "_start")
 *     (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 16)))))
 */
const helloModule =
  '0061736d01000000010c0260047f7f7f7f017f60000002230116776173695f736e617073686f745f7072657669657731' +
  '0866645f77726974650000030201010503010001071302066d656d6f72790200065f737461727400010a0f010d004101' +
  '41004101411010001a0b0b14010041000b0e080000000600000068656c6c6f0a';

/**
 * Puts into a folder what the documentation's examples read: every package's and example's conformance guests and models by their
 * names, `guest.wasm` (the guest "command-runner"), `add.wasm` (a library that exports add(i32, i32)) and `hello.wasm` (a
 * WASI command that prints "hello").
 * @param {string} folder
 */
export function addExampleFiles(folder) {
  for (const project of [...publicPackages().map((entry) => entry.folder), ...exampleFolders()]) {
    const conformance = join(project, 'conformance');
    if (!existsSync(conformance)) continue;
    for (const file of readdirSync(conformance).filter((name) => name.endsWith('.wasm'))) {
      copyFileSync(join(conformance, file), join(folder, file));
    }
    const models = join(conformance, 'models');
    for (const file of existsSync(models) ? readdirSync(models) : []) {
      if (!file.endsWith('.json')) copyFileSync(join(models, file), join(folder, file));
    }
  }
  const commandRunner = join(folder, 'command-runner.wasm');
  if (existsSync(commandRunner)) copyFileSync(commandRunner, join(folder, 'guest.wasm'));
  writeFileSync(join(folder, 'add.wasm'), Buffer.from(addModule, 'hex'));
  writeFileSync(join(folder, 'hello.wasm'), Buffer.from(helloModule, 'hex'));
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

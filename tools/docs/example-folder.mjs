// @ts-check
import { copyFileSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { publicPackages, repositoryRoot } from '../lib/repository.mjs';

/** (module (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add)) */
const addModule = '0061736d0100000001070160027f7f017f030201000707010361646400000a09010700200020016a0b';

/**
 * Puts into a folder what the documentation's examples read: every package's conformance guests by their names,
 * `guest.wasm` (the guest "command-runner") and `add.wasm` (a library that exports add(i32, i32)).
 * @param {string} folder
 */
export function addExampleFiles(folder) {
  for (const entry of publicPackages()) {
    const conformance = join(entry.folder, 'conformance');
    if (!existsSync(conformance)) continue;
    for (const file of readdirSync(conformance).filter((name) => name.endsWith('.wasm'))) {
      copyFileSync(join(conformance, file), join(folder, file));
    }
  }
  const commandRunner = join(folder, 'command-runner.wasm');
  if (existsSync(commandRunner)) copyFileSync(commandRunner, join(folder, 'guest.wasm'));
  writeFileSync(join(folder, 'add.wasm'), Buffer.from(addModule, 'hex'));
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

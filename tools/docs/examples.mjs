// @ts-check
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { exampleFolders, publicPackages, repositoryRoot } from '../lib/repository.mjs';
import { captureAsync } from '../lib/run.mjs';
import { backendEnvironment } from '../setup/setup.mjs';
import { flagValue } from './markdown.mjs';

/**
 * A TypeScript block of a page, as a module of its own in a folder.
 * @typedef {object} Example
 * @property {string} where the page and the line
 * @property {string} file without its ending: compiled it ends with `.mjs`
 * @property {boolean} runs
 * @property {string | undefined} needs the library without which it cannot run
 */

/**
 * Puts into a folder what the examples read: every package's and example's samples, conformance guests and models by their names, and
 * `guest.wasm` (the guest "command-runner").
 * @param {string} folder
 */
export function addExampleFiles(folder) {
  for (const project of [...publicPackages().map((entry) => entry.folder), ...exampleFolders()]) {
    const [suite, samples] = [join(project, 'conformance'), join(project, 'samples')];
    for (const file of existsSync(suite) ? readdirSync(suite, { recursive: true, encoding: 'utf8' }) : [])
      if (/^[^/]+\.wasm$|^models\/[^/]+(?<!\.json)$/.test(file))
        copyFileSync(join(suite, file), join(folder, basename(file)));
    for (const file of existsSync(samples) ? readdirSync(samples) : [])
      if (!file.endsWith('.ts')) copyFileSync(join(samples, file), join(folder, file));
  }
  copyFileSync(join(folder, 'command-runner.wasm'), join(folder, 'guest.wasm'));
}

/** Makes every package and example importable in a folder, and puts copies of the examples there for commands that build. @param {string} folder */
export function linkCheckout(folder) {
  for (const { folder: from, name } of publicPackages()) link(folder, name, from);
  for (const name of ['vitest', 'tsup', '.bin/wasmedge-plugins']) linkDependency(folder, name);
  for (const project of exampleFolders()) {
    const left = ['node_modules', 'dist'].map((part) => join(project, part));
    cpSync(project, join(folder, basename(project)), {
      recursive: true,
      filter: (each) => !left.includes(each),
    });
    symlinkSync(join(project, 'node_modules'), join(folder, basename(project), 'node_modules'));
    link(folder, basename(project), project);
  }
}

/** Makes a dependency of the checkout, or of a package, importable in a folder. @param {string} folder @param {string} name */
export function linkDependency(folder, name, from = repositoryRoot) {
  link(folder, name, join(from, 'node_modules', name));
}

/** @param {string} folder @param {string} name @param {string} target */
function link(folder, name, target) {
  const path = join(folder, 'node_modules', name);
  mkdirSync(dirname(path), { recursive: true });
  if (!existsSync(path)) symlinkSync(target, path);
}

/**
 * Writes the TypeScript blocks of a page, but for those that show a file of an example project, which has tests of its own.
 * @param {string} folder
 * @param {string} page
 * @param {import('./markdown.mjs').Block[]} blocks
 * @returns {Example[]}
 */
export function writeExamples(folder, page, blocks) {
  const own = blocks.filter((each) => each.language === 'ts' && flagValue(each, 'example') === undefined);
  return own.map((block) => {
    const file = join(folder, `${page.replace(/\W+/g, '-')}-line-${block.line}`);
    // "export {}" makes a module of an example that imports nothing.
    writeFileSync(`${file}.mts`, `${block.code}export {};\n`);
    const [where, needs] = [`${page}:${block.line}`, flagValue(block, 'needs')];
    return { where, file, runs: !block.flags.includes('no-run'), needs };
  });
}

/** Checks the examples of a folder as a strict project on Node would, declarations of the packages included, and compiles them. @param {string} folder */
export async function compileExamples(folder) {
  linkDependency(folder, '@types/node');
  const compilerOptions = {
    strict: true,
    // Older than "using", so that Node 20 can run it.
    target: 'es2022',
    module: 'nodenext',
    verbatimModuleSyntax: true,
    lib: ['es2023', 'esnext.disposable'],
    types: ['node'],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.mts'] }));
  const compiler = join(repositoryRoot, 'node_modules/typescript/bin/tsc');
  return (await captureAsync(process.execPath, [compiler, '-p', '.'], { cwd: folder })).output;
}

/**
 * Runs a compiled example in a process.
 * @param {Example} example
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} network variables of its network
 * @param {(code: string) => string} [addressIn] puts the address of a server into it
 */
export function runExample({ file }, folder, network, addressIn = (code) => code) {
  writeFileSync(`${file}.mjs`, addressIn(readFileSync(`${file}.mjs`, 'utf8')));
  const env = { ...process.env, ...backendEnvironment(), ...network };
  return captureAsync(process.execPath, [`${file}.mjs`], { cwd: folder, env, timeoutMs: 60_000 });
}

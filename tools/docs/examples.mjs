// @ts-check
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../lib/repository.mjs';
import { captureAsync } from '../lib/run.mjs';
import { backendEnvironment } from '../setup/setup.mjs';
import { linkDependency } from './example-folder.mjs';
import { flagValue } from './markdown.mjs';

/**
 * A TypeScript block of a page, as a module of its own in a folder.
 * @typedef {object} Example
 * @property {string} where the page and the line
 * @property {string} file without its ending: compiled it ends with `.mjs`
 * @property {boolean} runs
 * @property {string | undefined} needs the library without which it cannot run
 */

/** The variables of the set-up that name the libraries which a block can need by its flag `needs=openvino`. */
const variables = /** @type {Readonly<Record<string, string>>} */ ({
  openvino: 'WASMEDGE_PLUGINS_OPENVINO',
  tflite: 'WASMEDGE_PLUGINS_TENSORFLOW_LITE',
});

/**
 * Writes the TypeScript blocks of a page, but for those that show a file of an example project, which has tests of its own.
 * @param {string} folder
 * @param {string} name the page's
 * @param {import('./markdown.mjs').Block[]} blocks
 * @returns {Example[]}
 */
export function writeExamples(folder, name, blocks) {
  return blocks
    .filter((block) => block.language === 'ts' && flagValue(block, 'example') === undefined)
    .map((block) => {
      const file = join(folder, `${name.replace(/\W+/g, '-')}-line-${block.line}`);
      // "export {}" makes a module of an example that imports nothing.
      writeFileSync(`${file}.mts`, `${block.code}export {};\n`);
      const needs = flagValue(block, 'needs');
      if (needs !== undefined && variables[needs] === undefined)
        throw new Error(
          `${name}:${block.line}: needs=${needs}: known are ${Object.keys(variables).join(', ')}.`,
        );
      return { where: `${name}:${block.line}`, file, runs: !block.flags.includes('no-run'), needs };
    });
}

/**
 * Type-checks the examples of a folder as a strict project on Node would, declarations of the packages included, and compiles them.
 * @param {string} folder
 * @returns {Promise<string>} what the compiler says
 */
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
 * Why an example that needs a library is left out. Where CI_REQUIRE names the library it runs all the same, and fails.
 * @param {Pick<Example, 'needs'>} example
 * @param {NodeJS.ProcessEnv} [environment]
 */
export function lacking({ needs }, environment = { ...process.env, ...backendEnvironment() }) {
  if (needs === undefined || environment[variables[needs] ?? '']) return undefined;
  const required = (environment.CI_REQUIRE ?? '').split(',').map((each) => each.trim());
  return required.includes(needs) ? undefined : `there is no ${needs}`;
}

/**
 * Runs a compiled example in a process of its own.
 * @param {Example} example
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} network variables of its network
 */
export function runExample({ file }, folder, network) {
  const env = { ...process.env, ...backendEnvironment(), ...network };
  return captureAsync(process.execPath, [`${file}.mjs`], { cwd: folder, env, timeoutMs: 60_000 });
}

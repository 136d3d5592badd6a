// @ts-check
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { capture } from '../lib/run.mjs';
import { exampleFile } from './example-files.mjs';
import { linkDependency } from './example-folder.mjs';
import { exampleEnvironment, lacksLibrary } from './needed-library.mjs';

const launcher = fileURLToPath(new URL('run-example.mjs', import.meta.url));
const ts = /** @type {typeof import('typescript')} */ (createRequire(import.meta.url)('typescript'));

/**
 * @typedef {object} Example
 * @property {string} where the Markdown file and line, for messages
 * @property {string} file the example's file name in the folder
 * @property {boolean} runs
 */

/**
 * Writes the TypeScript blocks of a Markdown file as modules of their own, but for those that show a file of an example
 * project, which has tests of its own.
 * @param {string} folder
 * @param {string} name the Markdown file as messages name it
 * @param {import('./markdown-blocks.mjs').Block[]} blocks
 * @returns {Example[]}
 */
export function writeExamples(folder, name, blocks) {
  mkdirSync(folder, { recursive: true });
  return blocks
    .filter((block) => ['ts', 'typescript'].includes(block.language) && exampleFile(block) === undefined)
    .map(({ code, flags, line }) => {
      const file = `${name.replace(/\W+/g, '-')}-line-${line}.mts`;
      // "export {}" makes a module of an example that imports nothing.
      writeFileSync(join(folder, file), `${code}export {};\n`);
      return { where: `${name}:${line}`, file, runs: !flags.includes('no-run') && !lacksLibrary(flags) };
    });
}

/**
 * Type-checks examples as a strict project on Node would, declarations of the packages included.
 * @param {string} folder
 * @param {Example[]} examples
 * @returns {string[]} what the compiler says
 */
export function checkExamples(folder, examples) {
  if (examples.length === 0) return [];
  linkDependency(folder, '@types/node');
  const program = ts.createProgram(
    examples.map(({ file }) => join(folder, file)),
    {
      strict: true,
      noEmit: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts'],
      types: ['node'],
      typeRoots: [join(folder, 'node_modules/@types')],
    },
  );
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n');
    const example = examples.find(({ file }) => file === basename(diagnostic.file?.fileName ?? ''));
    const line = diagnostic.file?.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line;
    return `${example?.where ?? diagnostic.file?.fileName ?? 'types'} (+${(line ?? 0) + 1}): ${text}`;
  });
}

/**
 * Runs the examples that are meant to be run, one process each.
 * @param {string} folder
 * @param {Example[]} examples
 * @returns {string[]} what failed
 */
export function runExamples(folder, examples) {
  return examples
    .filter(({ runs }) => runs)
    .flatMap(({ where, file }) => {
      const { outputText } = ts.transpileModule(readFileSync(join(folder, file), 'utf8'), {
        // Older than "using", so that Node 20 can run it.
        compilerOptions: {
          target: ts.ScriptTarget.ES2022,
          module: ts.ModuleKind.ESNext,
          verbatimModuleSyntax: true,
        },
        fileName: file,
      });
      const script = join(folder, file.replace(/\.mts$/, '.mjs'));
      writeFileSync(script, outputText);
      const result = capture(process.execPath, [launcher, script], {
        cwd: folder,
        env: exampleEnvironment(),
        timeoutMs: 60_000,
      });
      return result.code === 0 ? [] : [`${where}: exit code ${result.code}\n${result.output.trimEnd()}`];
    });
}

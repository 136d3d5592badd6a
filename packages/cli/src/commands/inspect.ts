import { existsSync, statSync } from 'node:fs';
import { readMachine } from '@wasmedge-plugins/core';
import { generateDeclarations } from '@wasmedge-plugins/core/plugins';
import { Command } from 'commander';
import { UsageError } from '../errors.js';
import { exitCode } from '../exit-code.js';
import { formatOther, otherFile } from '../inspect/other-file.js';
import { kindOfFile } from '../model/kind-of-file.js';
import { asProblem, examineFile, type FileSurroundings } from '../native-file/examine-file.js';
import type { FileState, Problem } from '../native-file/file-state.js';
import { findFile } from '../native-file/find-file.js';
import { fileColours, formatFile } from '../native-file/format-file.js';
import { libraryInUse } from '../native-file/library-in-use.js';
import { nameElsewhere } from '../native-file/name-elsewhere.js';
import { print, printError, printJson, printReport } from '../output/print.js';

interface InspectOptions {
  readonly types?: boolean;
  readonly json?: boolean;
  readonly library?: string;
}

/** The command `inspect`. */
export function inspectCommand(): Command {
  return new Command('inspect')
    .description(
      "Tell what a file is: all about a native plug-in's, and whether it would load here; which command is for a guest or a model.",
    )
    .argument('<file...>', 'file, or name of a plug-in; several are loaded into one process, in this order')
    .option('--types', 'print TypeScript declarations of its functions and options instead')
    .option('--json', 'print the result as JSON')
    .option('--library <file>', 'the libwasmedge to try it with')
    .addHelpText(
      'after',
      `\nHeaders are read without running anything. A file that could load is then loaded in a separate process: do not inspect what you
would not run. Exits with 1 if a file does not load.`,
    )
    .action(inspect);
}

async function inspect(files: string[], { types, json, library: option }: InspectOptions): Promise<void> {
  files.forEach(refusePipe);
  const others = files.flatMap((text) => (existsSync(text) ? (otherFile(text, kindOfFile(text)) ?? []) : []));
  const otherPaths = new Set(others.map(({ path }) => path));
  const plugins = files.filter((text) => !otherPaths.has(text));
  if (types && others[0] !== undefined) {
    throw new UsageError(
      `--types is for native plug-ins, and ${others[0].path} is ${others[0].title}; see: wasmedge-plugins inspect ${others[0].path}`,
    );
  }
  if (!json) printReport(others.map(formatOther).join('\n'), fileColours);
  if (!json && plugins.length === 0) return;
  const { library, problem } = await libraryInUse(option);
  const states: FileState[] = [];
  for (const text of plugins) {
    states.push(await examine(text, { library, after: states.map(({ path }) => path) }));
  }
  if (types) {
    print(states.map((state) => declarations(state, problem)).join(''));
  } else if (json) {
    printJson({ library: library ?? null, files: [...states, ...others] });
  } else {
    const context = { machine: readMachine(), library, libraryProblem: problem };
    if (states.some(({ warnings }) => warnings.includes(unknownFile))) print(`${unknownFile}\n`);
    printReport(states.map((state) => formatFile(state, context)).join('\n'), fileColours);
  }
  if (states.some(({ loads }) => loads === false || (types && !loads))) {
    process.exitCode = exitCode.failure;
  }
}

/** Throws for what can be read once only. */
function refusePipe(text: string): void {
  const found = statSync(text, { throwIfNoEntry: false });
  if (found === undefined || found.isFile() || found.isDirectory()) return;
  throw new UsageError(
    `${text} is not a file, and inspect looks at a file several times; write what comes from there to a file, and inspect that`,
  );
}

const unknownFile =
  'Unknown by its first bytes: no WebAssembly guest, no model (TFLite, ONNX, OpenVINO, TorchScript, GGUF), and no native plug-in.';

async function examine(text: string, surroundings: FileSurroundings): Promise<FileState> {
  let path: string;
  try {
    path = findFile(text, surroundings.library);
  } catch (error) {
    return { path: text, name: undefined, loads: false, problems: [asProblem(error)], warnings: [] };
  }
  const state = await examineFile(path, surroundings);
  const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  const isUnknown = state.inspection === undefined && isFile && kindOfFile(path).kind === 'unknown';
  if (isUnknown) return { ...state, warnings: [...state.warnings, unknownFile] };
  const warning = surroundings.library && state.loads && nameElsewhere(state, surroundings.library);
  return warning ? { ...state, warnings: [...state.warnings, warning] } : state;
}

/** Declarations of a file, or on stderr why there are none. */
function declarations(
  { path, description, problems }: FileState,
  libraryProblem: string | undefined,
): string {
  if (description !== undefined) {
    return generateDeclarations(description);
  }
  const [{ message, code }] = [
    ...problems,
    { message: `${path} was not loaded: ${libraryProblem}`, code: undefined },
  ] as [Problem];
  printError(Object.assign(new Error(message), { code }), false);
  return '';
}

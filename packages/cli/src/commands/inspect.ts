import { readMachine } from '@wasmedge-plugins/core';
import { generateDeclarations } from '@wasmedge-plugins/core/plugins';
import { Command } from 'commander';
import { exitCode } from '../exit-code.js';
import { asProblem, examineFile, type FileSurroundings } from '../native-file/examine-file.js';
import type { FileState, Problem } from '../native-file/file-state.js';
import { findFile } from '../native-file/find-file.js';
import { formatFile } from '../native-file/format-file.js';
import { libraryInUse } from '../native-file/library-in-use.js';
import { nameElsewhere } from '../native-file/name-elsewhere.js';
import { print, printError, printJson } from '../output/print.js';

interface InspectOptions {
  readonly types?: boolean;
  readonly json?: boolean;
  readonly library?: string;
}

/** The command `inspect`. */
export function inspectCommand(): Command {
  return new Command('inspect')
    .description("Tell all about a native plug-in's file, and whether it would load here.")
    .argument('<file...>', 'file, or name of a plug-in; several are loaded into one process, in this order')
    .option('--types', 'print TypeScript declarations of its functions and options instead')
    .option('--json', 'print what was found as JSON')
    .option('--library <file>', 'the libwasmedge to try it with')
    .addHelpText(
      'after',
      `\nHeaders are read without running anything. A file that may load is then loaded in a process of its own: do not inspect what you
would not run. Ends with 1 when a file does not load.`,
    )
    .action(inspect);
}

async function inspect(files: string[], { types, json, library: option }: InspectOptions): Promise<void> {
  const { library, problem } = await libraryInUse(option);
  const states: FileState[] = [];
  for (const text of files) {
    states.push(await examine(text, { library, after: states.map(({ path }) => path) }));
  }
  if (types) {
    print(states.map((state) => declarations(state, problem)).join(''));
  } else if (json) {
    printJson({ library: library ?? null, files: states });
  } else {
    const context = { machine: readMachine(), library, libraryProblem: problem };
    print(states.map((state) => formatFile(state, context)).join('\n'));
  }
  if (states.some(({ loads }) => loads === false || (types && !loads))) {
    process.exitCode = exitCode.failure;
  }
}

async function examine(text: string, surroundings: FileSurroundings): Promise<FileState> {
  let path: string;
  try {
    path = findFile(text, surroundings.library);
  } catch (error) {
    return { path: text, name: undefined, loads: false, problems: [asProblem(error)], warnings: [] };
  }
  const state = await examineFile(path, surroundings);
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

import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { compileCommand } from './commands/compile.js';
import { completionCommand } from './commands/completion.js';
import { conformanceCommand } from './commands/conformance.js';
import { doctorCommand } from './commands/doctor.js';
import { inspectCommand } from './commands/inspect.js';
import { installCommand } from './commands/install.js';
import { lockCommand } from './commands/lock.js';
import { modelCommand } from './commands/model.js';
import { runCommand } from './commands/run.js';
import { sampleCommand } from './commands/sample.js';
import { typesCommand } from './commands/types.js';
import { verifyCommand } from './commands/verify.js';
import { UsageError } from './errors.js';
import { print, printAside, printUsageError } from './output/print.js';
import { installedOptions } from './packages/plugin-options.js';
import { refuseRepeated } from './refuse-repeated.js';

/** The command with its subcommands; it throws `CommanderError` where commander would end the process. */
export async function createProgram(args: readonly string[]): Promise<Command> {
  const [first = '', second = ''] = args;
  if (first.endsWith('.wasm')) {
    throw new UsageError(`there is no command "${first}"; to run a guest: wasmedge-plugins run ${first}`);
  }
  // Only `run`, its help and completion need the options of plug-in packages; a broken one must not stop `doctor`.
  const packages = args.includes('run') || args.includes('completion') ? await installedOptions() : [];
  const program = new Command('wasmedge-plugins')
    .description(
      'Run WebAssembly guests with WasmEdge plug-ins, and compile them; download, inspect and verify native plug-ins; examine the machine.',
    )
    .version(readVersion(), '-v, --version')
    .enablePositionalOptions()
    .addHelpText(
      'after',
      "\nExit codes: the guest's own; 134 when it was stopped by a trap or a limit; 128 and the number of the signal that ended its process; 2 for an invalid command line; 1 for other errors.",
    );
  for (const command of [
    runCommand(packages),
    compileCommand(),
    doctorCommand(),
    inspectCommand(),
    modelCommand(),
    installCommand(),
    lockCommand(),
    verifyCommand(),
    conformanceCommand(),
    completionCommand(),
    sampleCommand(),
    typesCommand(),
  ]) {
    program.addCommand(command);
  }
  for (const command of [program, ...program.commands]) {
    refuseRepeated(command);
    command
      .configureOutput({ writeOut: print, writeErr: printAside, outputError: printUsageError })
      .exitOverride()
      .showHelpAfterError(`(see: wasmedge-plugins ${command === program ? '' : `${command.name()} `}--help)`);
  }
  // commander would print the whole help, and not say why.
  const isName = second !== '' && second !== 'help' && !second.startsWith('-');
  if (first === 'help' && isName && program.commands.every((command) => command.name() !== second)) {
    program.error(`error: unknown command '${second}'`);
  }
  return program;
}

function readVersion(): string {
  const file = new URL('../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

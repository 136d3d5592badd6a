import { CommanderError } from 'commander';
import { exitCode, exitCodeFor } from './exit-code.js';
import { printError } from './output/print.js';
import { createProgram } from './program.js';

let isVerbose = () => false;
try {
  const program = await createProgram(process.argv.slice(2));
  isVerbose = () => program.commands.some((command) => command.opts().verbose === true);
  await program.parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) {
    // It has said what there is to say. Only help and version that were asked for are not a mistake.
    process.exitCode = error.exitCode === 0 ? 0 : exitCode.usage;
  } else {
    printError(error, isVerbose());
    process.exitCode = exitCodeFor(error);
  }
}

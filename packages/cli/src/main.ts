import { CommanderError } from 'commander';
import { exitCode, exitCodeFor } from './exit-code.js';
import { formatError } from './output/format-error.js';
import { paint } from './output/paint.js';
import { createProgram } from './program.js';

let isVerbose = () => false;
try {
  const program = await createProgram(process.argv.slice(2));
  isVerbose = () => program.commands.some((command) => command.opts().verbose === true);
  await program.parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) {
    // It has said what there is to say. Only help and version that were asked for are no mistake.
    process.exitCode = error.exitCode === 0 ? 0 : exitCode.usage;
  } else {
    process.stderr.write(formatError(error, paint(process.stderr, 'red', 'error:'), isVerbose()));
    process.exitCode = exitCodeFor(error);
  }
}

import { exitCode, exitCodeFor, printError, printJson, readQuickly, run } from './start.js';

/** What Node.js ends with when nothing is left that could settle what a program waits for. */
const unsettled = 13;

let ended = false;
process.once('exit', (code) => {
  if (!ended && code === 0) process.exitCode = unsettled;
});
// `require` loads no module that waits at its top.
void main().then(() => {
  ended = true;
});

async function main(): Promise<void> {
  const [name, ...args] = process.argv.slice(2);
  let isVerbose = () => false;
  try {
    // The commonest command lines need nothing of commander, which takes longer to load than all that runs a guest.
    const request = name === 'run' ? readQuickly(args) : undefined;
    if (request === undefined) {
      const { createProgram } = await import('./program.js');
      const program = await createProgram(process.argv.slice(2));
      isVerbose = () => program.commands.some((command) => command.opts().verbose === true);
      await program.parseAsync(process.argv);
    } else {
      isVerbose = () => request.options.verbose === true;
      await run(request);
    }
  } catch (error) {
    if ((error as { code?: unknown } | undefined)?.code?.toString().startsWith('commander.')) {
      // It has said what there is to say. Only help and version that were asked for are not a mistake.
      const isAsked = (error as { exitCode?: number }).exitCode === 0;
      process.exitCode = isAsked ? 0 : exitCode.usage;
      if (!isAsked && name === 'run' && args.includes('--json')) {
        const message = (error as Error).message.replace(/^error: /, '');
        printJson({ ok: false, exitCode: exitCode.usage, error: { message } });
      }
    } else {
      printError(error, isVerbose());
      process.exitCode = exitCodeFor(error);
    }
  }
}

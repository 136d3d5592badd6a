import { startChild } from './child-process.js';
import type { Command, CommandNotStarted, CommandOutcome } from './command.js';
import { resolveProgram } from './resolve-program.js';
import { superviseChild } from './supervise-child.js';

const resourceErrors: ReadonlySet<string> = new Set(['EAGAIN', 'EMFILE', 'ENFILE', 'ENOMEM', 'ENOBUFS']);

/** Runs a command to its end. Aborting `signal` ends it, with its process group. Never rejects for what a command does. */
export async function runCommand(
  command: Command,
  { signal }: { readonly signal: AbortSignal },
): Promise<CommandOutcome> {
  const resolved = resolveProgram(command.program, command.searchPath);
  if ('errorCode' in resolved) {
    return notStarted(resolved.errorCode);
  }
  let child: Awaited<ReturnType<typeof startChild>>;
  try {
    child = await startChild(resolved.file, command);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === undefined ? { kind: 'not-started', reason: message, retry: false } : notStarted(code);
  }
  return superviseChild(child, command, signal);
}

function notStarted(errorCode: string): CommandNotStarted {
  return { kind: 'not-started', reason: reasonFor(errorCode), retry: resourceErrors.has(errorCode) };
}

/** The words of the WasmEdge plug-in where it has any. */
function reasonFor(errorCode: string): string {
  switch (errorCode) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'Command not found.';
    case 'EACCES':
    case 'EPERM':
      return 'Permission denied.';
    default:
      return `Unknown error. (${errorCode})`;
  }
}

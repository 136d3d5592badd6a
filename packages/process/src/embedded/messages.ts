import { Buffer } from 'node:buffer';
import type { TooMuchOutput } from './command.js';

/** What a guest reads on stderr after a refusal, in the words of the WasmEdge plug-in. */
export function refusalMessage(name: Uint8Array): Uint8Array {
  return Buffer.concat([
    Buffer.from('Permission denied: Command "'),
    name,
    Buffer.from('" is not in the white list. Please use --allow-command='),
    name,
    Buffer.from(' or --allow-command-all to add "'),
    name,
    Buffer.from('" command into the white list.\n'),
  ]);
}

/** What a guest reads on stderr when a command could not be started. */
export function notStartedMessage(name: Uint8Array, reason: string): Uint8Array {
  return Buffer.concat([Buffer.from('Cannot start command "'), name, Buffer.from(`": ${reason}\n`)]);
}

/** What the host is told when a command was ended for its output. */
export function tooMuchOutputMessage({ stream }: TooMuchOutput, maxOutputBytes: number): string {
  return `The command wrote more than ${maxOutputBytes} bytes to its ${stream} and was ended; raise maxOutputBytes if that is meant.`;
}

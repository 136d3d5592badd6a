import { Buffer } from 'node:buffer';
import type { TooMuchOutput } from './command.js';
import type { VariableRefused } from './command-gate.js';

/** As long as the longest path of Linux: a message holds a name several times. */
const longestShown = 4096;

/** What a guest reads on stderr after a refusal, in the words of the WasmEdge plug-in. */
export function refusalMessage(name: Uint8Array): Uint8Array {
  return Buffer.concat([
    Buffer.from('Permission denied: Command "'),
    shown(name),
    Buffer.from('" is not in the white list. Please use --allow-command='),
    shown(name),
    Buffer.from(' or --allow-command-all to add "'),
    shown(name),
    Buffer.from('" command into the white list.\n'),
  ]);
}

/** What a guest reads on stderr after a variable was refused, in words like those for a command. */
export function variableRefusalMessage({ name, possible }: VariableRefused): Uint8Array {
  if (!possible) {
    return Buffer.concat([
      Buffer.from('Permission denied: "'),
      shown(name),
      Buffer.from(
        '" cannot be the name of an environment variable: it is empty, or contains "=" or a NUL byte.\n',
      ),
    ]);
  }
  return Buffer.concat([
    Buffer.from('Permission denied: Environment variable "'),
    shown(name),
    Buffer.from('" is not allowed, since it may change what the command does. Please use --allow-env='),
    shown(name),
    Buffer.from(' or --allow-env-all to allow it.\n'),
  ]);
}

/** What a guest reads on stderr when a command could not be started. */
export function notStartedMessage(name: Uint8Array, reason: string): Uint8Array {
  return Buffer.concat([Buffer.from('Cannot start command "'), shown(name), Buffer.from(`": ${reason}\n`)]);
}

/** What the host is told when a command was ended for its output. */
export function tooMuchOutputMessage({ stream }: TooMuchOutput, maxOutputBytes: number): string {
  return `The command wrote more than ${maxOutputBytes} bytes to its ${stream} and was ended; raise maxOutputBytes if that is expected.`;
}

function shown(name: Uint8Array): Uint8Array {
  return name.byteLength <= longestShown
    ? name
    : Buffer.concat([name.subarray(0, longestShown), Buffer.from('...')]);
}

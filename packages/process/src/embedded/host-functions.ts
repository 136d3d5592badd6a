import { type Caller, type HostModule, hostModule, implement } from '@wasmedge-plugins/core';
import { processModuleName, processSignatures } from '../abi.js';
import type { PendingCommand } from './pending-command.js';
import type { ProcessSession } from './process-session.js';

/** The functions that guests import, on what each of them has prepared. */
export function processHostModule(sessionOf: (caller: Caller) => ProcessSession): HostModule {
  const functions = implement(
    processSignatures,
    {
      wasmedge_process_set_prog_name(caller, pointer, length) {
        const { pending } = sessionOf(caller);
        pending.setProgram(readBytes(caller, pending, pointer, length));
      },
      wasmedge_process_add_arg(caller, pointer, length) {
        const { pending } = sessionOf(caller);
        pending.addArgument(readBytes(caller, pending, pointer, length));
      },
      wasmedge_process_add_env(caller, keyPointer, keyLength, valuePointer, valueLength) {
        const { pending } = sessionOf(caller);
        const key = readBytes(caller, pending, keyPointer, keyLength);
        pending.addVariable(key, readBytes(caller, pending, valuePointer, valueLength));
      },
      wasmedge_process_add_stdin(caller, pointer, length) {
        const { pending } = sessionOf(caller);
        pending.addStdin(readBytes(caller, pending, pointer, length));
      },
      wasmedge_process_set_timeout(caller, timeoutMs) {
        sessionOf(caller).pending.timeoutMs = timeoutMs >>> 0;
      },
      wasmedge_process_run: (caller) => sessionOf(caller).run(),
      wasmedge_process_get_exit_code: (caller) => sessionOf(caller).exitCode,
      wasmedge_process_get_stdout_len: (caller) => sessionOf(caller).stdout.byteLength,
      wasmedge_process_get_stdout: (caller, pointer) => writeBytes(caller, pointer, sessionOf(caller).stdout),
      wasmedge_process_get_stderr_len: (caller) => sessionOf(caller).stderr.byteLength,
      wasmedge_process_get_stderr: (caller, pointer) => writeBytes(caller, pointer, sessionOf(caller).stderr),
    },
    {
      trace: {
        wasmedge_process_add_env: { hiddenArguments: [2, 3] },
        wasmedge_process_add_stdin: { hiddenArguments: [0, 1] },
      },
    },
  );
  return hostModule(processModuleName, functions);
}

/** A range that is not all in the memory reads as zero bytes: these functions cannot report an error. */
function readBytes({ memory }: Caller, pending: PendingCommand, pointer: number, length: number): Uint8Array {
  if (!memory.contains(pointer, length)) {
    return new Uint8Array(0);
  }
  pending.checkRoom(length >>> 0);
  return memory.read(pointer, length);
}

/** A range that is not all in the memory gets nothing. */
function writeBytes({ memory }: Caller, pointer: number, bytes: Uint8Array): void {
  if (memory.contains(pointer, bytes.byteLength)) {
    memory.write(pointer, bytes);
  }
}

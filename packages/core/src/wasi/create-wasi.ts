import { type HostModule, hostModule } from '../host-module/host-module.js';
import type { SocketPolicy } from '../plugin/socket-policy.js';
import { type CheckedOptions, checkOptions, zeroTerminated } from './checked-options.js';
import { DescriptorTable } from './descriptor-table.js';
import { ByteSink } from './descriptors/byte-sink.js';
import type { Descriptor } from './descriptors/descriptor.js';
import type { HostFolder } from './descriptors/host-folder.js';
import { HostStream } from './descriptors/host-stream.js';
import { LostFolder } from './descriptors/lost-folder.js';
import { OpenDirectory } from './descriptors/open-directory.js';
import { openHostFolder } from './descriptors/open-host-folder.js';
import { OpenListings } from './descriptors/open-listings.js';
import { StandardInput } from './descriptors/standard-input.js';
import { type OutputTarget, StandardOutput } from './descriptors/standard-output.js';
import { argsFunctions } from './functions/args.js';
import { clockFunctions } from './functions/clock.js';
import { fdDirectoryFunctions } from './functions/fd-directory.js';
import { fdIoFunctions } from './functions/fd-io.js';
import { fdStateFunctions } from './functions/fd-state.js';
import { pathFunctions } from './functions/path.js';
import { pathOpenFunctions } from './functions/path-open.js';
import { pollFunctions } from './functions/poll.js';
import { exitFunctions, processFunctions } from './functions/process.js';
import { preview1SocketFunctions, socketFunctions } from './functions/sockets.js';
import { bindFunctions } from './wasi-function.js';
import type { WasiOptions, WasiOutput } from './wasi-options.js';
import { directoryRights, inheritableRights } from './wasi-rights.js';
import type { WasiState } from './wasi-state.js';

/** The WASI of one runtime: what its guests import, and what they wrote. */
export interface Wasi extends Disposable {
  /** What guests import it as. */
  readonly moduleName: string;
  /** Its functions, made when they are first asked for; the same for every program of this runtime. */
  readonly module: HostModule;
  /** What the current program wrote to standard output; empty unless that is `capture`. */
  readonly stdout: Uint8Array;
  /** What the current program wrote to standard error; empty unless that is `capture`. */
  readonly stderr: Uint8Array;
  /**
   * Starts a new program, with this name as argument 0 unless an option names it: what the last one left open is closed, the descriptors are those of the options, standard input is at its
   * beginning and captured output is empty.
   */
  begin(programName: string): void;
}

/**
 * Makes the WASI of one runtime. Functions and descriptors are made when a guest first needs them.
 *
 * @param remainingMs milliseconds that the running call of a guest may still take. Default: no bound.
 * @param sockets what guests may do with sockets; it may grow until a guest runs. Default: nothing.
 * @throws {InvalidArgumentError} naming the option that is wrong, or the folder that is missing.
 */
export function createWasi(
  options: WasiOptions | undefined,
  remainingMs = () => Number.POSITIVE_INFINITY,
  sockets: readonly SocketPolicy[] = [],
): Wasi {
  return new LazyWasi(checkOptions(options), remainingMs, sockets);
}

// Folders stay open as long as the program may use them. What nobody disposed of is closed when it is collected, which a runtime on WasmEdge
// never is while it has instances.
const abandoned = new FinalizationRegistry<DescriptorTable>((descriptors) => descriptors.closeAll());

const functions = {
  ...argsFunctions,
  ...clockFunctions,
  ...fdDirectoryFunctions,
  ...fdIoFunctions,
  ...fdStateFunctions,
  ...pathFunctions,
  ...pathOpenFunctions,
  ...pollFunctions,
  ...processFunctions,
  ...socketFunctions,
};

class LazyWasi implements Wasi, WasiState {
  readonly #options: CheckedOptions;
  readonly #stdout = new ByteSink();
  readonly #stderr = new ByteSink();
  readonly moduleName = 'wasi_snapshot_preview1';
  #module: HostModule | undefined;
  #descriptors: DescriptorTable | undefined;
  #args: readonly Uint8Array[] | undefined;
  #programName = 'guest';
  #disposed = false;

  readonly remainingMs: () => number;
  readonly sockets: readonly SocketPolicy[];

  constructor(options: CheckedOptions, remainingMs: () => number, sockets: readonly SocketPolicy[]) {
    this.#options = options;
    this.remainingMs = remainingMs;
    this.sockets = sockets;
  }

  get module(): HostModule {
    this.#module ??= hostModule(
      this.moduleName,
      { ...bindFunctions(functions, this), ...exitFunctions },
      { otherForms: bindFunctions(preview1SocketFunctions, this) },
    );
    return this.#module;
  }

  get stdout(): Uint8Array {
    return this.#stdout.bytes();
  }

  get stderr(): Uint8Array {
    return this.#stderr.bytes();
  }

  get args(): readonly Uint8Array[] {
    this.#args ??= [zeroTerminated(this.#options.programName ?? this.#programName), ...this.#options.args];
    return this.#args;
  }

  get environ(): readonly Uint8Array[] {
    return this.#options.environ;
  }

  get descriptors(): DescriptorTable {
    if (this.#descriptors === undefined) {
      this.#descriptors = new DescriptorTable(this.#disposed ? [] : this.#initialDescriptors());
      abandoned.register(this, this.#descriptors, this);
    }
    return this.#descriptors;
  }

  begin(programName: string): void {
    this.#closeDescriptors();
    this.#stdout.clear();
    this.#stderr.clear();
    this.#programName = programName;
    this.#args = undefined;
  }

  [Symbol.dispose](): void {
    this.#disposed = true;
    this.#closeDescriptors();
  }

  #closeDescriptors(): void {
    if (this.#descriptors === undefined) return;
    abandoned.unregister(this);
    this.#descriptors.closeAll();
    this.#descriptors = undefined;
  }

  #initialDescriptors(): Descriptor[] {
    const listings = new OpenListings();
    const { stdin, stdout, stderr, preopens } = this.#options;
    return [
      new StandardInput(stdin ?? this.#hostStream(0)),
      new StandardOutput(this.#outputTarget(stdout, 1, this.#stdout)),
      new StandardOutput(this.#outputTarget(stderr, 2, this.#stderr)),
      ...preopens.map(({ folder, name }) => {
        return new OpenDirectory(openPreopen(folder), listings, directoryRights, inheritableRights, name);
      }),
    ];
  }

  #outputTarget(output: WasiOutput, hostDescriptor: number, captured: ByteSink): OutputTarget {
    if (output === 'inherit') return this.#hostStream(hostDescriptor);
    return output === 'capture' ? captured : undefined;
  }

  #hostStream(hostDescriptor: number): HostStream {
    return new HostStream(hostDescriptor, this.remainingMs);
  }
}

/** A folder that is gone by now is still a descriptor, so that those behind it keep their numbers. */
function openPreopen(folder: string): HostFolder {
  try {
    return openHostFolder(folder);
  } catch (error) {
    return new LostFolder(error);
  }
}

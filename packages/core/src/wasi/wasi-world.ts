import type { CapturedOutput } from './captured-output.js';
import { type CheckedOptions, zeroTerminated } from './checked-options.js';
import { DescriptorTable } from './descriptor-table.js';
import { BytesSource } from './descriptors/bytes-source.js';
import type { Descriptor } from './descriptors/descriptor.js';
import { GivenInput } from './descriptors/given-input.js';
import { GivenOutput } from './descriptors/given-output.js';
import type { HostFolder } from './descriptors/host-folder.js';
import { HostStream } from './descriptors/host-stream.js';
import { LostFolder } from './descriptors/lost-folder.js';
import { OpenDirectory } from './descriptors/open-directory.js';
import { openHostFolder } from './descriptors/open-host-folder.js';
import { OpenListings } from './descriptors/open-listings.js';
import { StandardInput } from './descriptors/standard-input.js';
import { StandardOutput } from './descriptors/standard-output.js';
import type { WasiOutput } from './wasi-options.js';
import { directoryRights, inheritableRights } from './wasi-rights.js';

// Folders stay open as long as the program may use them. What nobody disposed of is closed when it is collected, which a runtime on WasmEdge
// never is while it has instances.
const abandoned = new FinalizationRegistry<DescriptorTable>((descriptors) => descriptors.closeAll());

/** What one program sees: its arguments, its environment and what it has open. */
export class WasiWorld {
  readonly captured: CapturedOutput;
  readonly #options: CheckedOptions;
  readonly #programName: string;
  readonly #remainingMs: () => number;
  #args: readonly Uint8Array[] | undefined;
  #descriptors: DescriptorTable | undefined;
  #isClosed = false;

  /** @param programName argument 0, unless the options have one. */
  constructor(
    options: CheckedOptions,
    programName: string,
    captured: CapturedOutput,
    remainingMs: () => number,
  ) {
    this.#options = options;
    this.#programName = programName;
    this.captured = captured;
    this.#remainingMs = remainingMs;
  }

  /** With the program's name first. */
  get args(): readonly Uint8Array[] {
    this.#args ??= [zeroTerminated(this.#options.programName ?? this.#programName), ...this.#options.args];
    return this.#args;
  }

  get environ(): readonly Uint8Array[] {
    return this.#options.environ;
  }

  /** Made when they are first asked for; none after the end. */
  get descriptors(): DescriptorTable {
    if (this.#descriptors === undefined) {
      this.#descriptors = new DescriptorTable(this.#isClosed ? [] : this.#initialDescriptors());
      abandoned.register(this, this.#descriptors, this);
    }
    return this.#descriptors;
  }

  /** Closes whatever is open. */
  close(): void {
    this.#isClosed = true;
    if (this.#descriptors === undefined) return;
    abandoned.unregister(this);
    this.#descriptors.closeAll();
    this.#descriptors = undefined;
  }

  #initialDescriptors(): Descriptor[] {
    const listings = new OpenListings();
    const { stdout, stderr, preopens } = this.#options;
    return [
      this.#input(),
      this.#output(stdout, 'stdout', 1),
      this.#output(stderr, 'stderr', 2),
      ...preopens.map(({ folder, name }) => {
        return new OpenDirectory(openPreopen(folder), listings, directoryRights, inheritableRights, name);
      }),
    ];
  }

  #input(): Descriptor {
    const { stdin } = this.#options;
    if (stdin === undefined) return new StandardInput(new HostStream(0, this.#remainingMs));
    return stdin instanceof Uint8Array
      ? new StandardInput(new BytesSource(stdin))
      : new GivenInput(stdin, this.#remainingMs);
  }

  #output(output: WasiOutput, name: 'stdout' | 'stderr', hostDescriptor: number): Descriptor {
    switch (output) {
      case 'inherit':
        return new StandardOutput(new HostStream(hostDescriptor, this.#remainingMs));
      case 'capture':
        return new StandardOutput(this.captured[name]);
      case 'ignore':
        return new StandardOutput(undefined);
      default:
        return new GivenOutput(output, name);
    }
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

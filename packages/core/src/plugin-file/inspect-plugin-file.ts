import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { checkPath } from '../errors/check-path.js';
import { NativePluginInvalidError, NativePluginNotFoundError } from '../errors/native-plugin-errors.js';
import { checkOptionNames } from '../options/check-option-names.js';
import type { BinaryFile, BinaryFormat } from './binary-file.js';
import { BrokenFile } from './file-bytes.js';
import { type LoaderEnvironment, thisMachine } from './library-search.js';
import { type NeededLibrary, neededLibraries } from './needed-libraries.js';
import { readBinaryFiles } from './read-binary-file.js';
import { descriptorFunctions, readStaticDescriptor, type StaticDescriptor } from './static-descriptor.js';

const largestFile = 2 ** 30;

/** What a plug-in's file reveals without being run. */
export interface PluginInspection {
  /** The file, as given. */
  readonly path: string;
  /** Size in bytes. */
  readonly size: number;
  /** SHA-256 of the file, in hexadecimal. */
  readonly sha256: string;
  /** How the file is built: ELF on Linux, Mach-O on macOS, PE on Windows. */
  readonly format: BinaryFormat;
  /** As in `process.platform`. */
  readonly platform: string;
  /** As in `process.arch`; a Mach-O file may have several. */
  readonly architectures: readonly string[];
  /** Whether the file is for the platform and the processor of this process. */
  readonly fitsHere: boolean;
  /** Whether it is a library at all, rather than a program. */
  readonly isLibrary: boolean;
  /** Which descriptor WasmEdge would ask it for; `undefined` when it is not a plug-in. */
  readonly descriptor: 'c' | 'cpp' | undefined;
  /**
   * What the descriptor says, if it can be read without running the file: the entry function must do no more than return the address of
   * a constant, on x64 or arm64.
   */
  readonly declared: {
    /** The WasmEdge name; absent if it cannot be read. */
    readonly name?: string;
    /** The plug-in's own description; absent if it cannot be read. */
    readonly description?: string;
    /** Four numbers separated by dots; absent if they cannot be read. */
    readonly version?: string;
    /** Version number of WasmEdge's plug-in API, which must equal that of the libwasmedge; absent if it cannot be read. */
    readonly apiVersion?: number;
  };
  /**
   * Whether loading it might end the process, as far as its bytes reveal: the descriptor, or something that it points to, cannot be read
   * without running the file or makes no sense, or a C plug-in has functions that run when it is loaded. A runtime first loads such a file in
   * a separate process, unless something vouches for it.
   */
  readonly isDoubtful: boolean;
  /** Names of the libraries it needs itself, as they are written in it. */
  readonly needed: readonly string[];
  /** The libwasmedge it asks for, by its file name; a plug-in may ask for none and use the one in the process. */
  readonly libwasmedge: string | undefined;
  /**
   * All libraries it needs, directly or indirectly, and where this machine's loader would find them. `undefined` when the file is
   * for another platform or processor.
   */
  readonly libraries: readonly NeededLibrary[] | undefined;
}

/** Options of {@link inspectPluginFile}. */
export interface InspectOptions {
  /** The libwasmedge that will have been loaded before the plug-in. Default: none; a plug-in's own need for one is looked up like any other. */
  readonly library?: string | undefined;
}

/**
 * Reads the headers of a plug-in's file. Nothing in it is run.
 *
 * @throws {NativePluginNotFoundError} when the file cannot be read.
 * @throws {NativePluginInvalidError} when it is not an executable file, or is a broken one.
 * @throws {InvalidArgumentError} for an option that does not exist.
 */
export function inspectPluginFile(path: string, options: InspectOptions = {}): PluginInspection {
  checkOptionNames<InspectOptions>('inspectPluginFile()', options, { library: true });
  return inspectPluginBytes(path, readPluginFile(path), thisMachine(options.library));
}

/** {@link inspectPluginFile} for bytes that have already been read, on any machine. */
export function inspectPluginBytes(
  path: string,
  bytes: Uint8Array,
  machine: LoaderEnvironment,
): PluginInspection {
  const binaries = readBinaries(path, bytes);
  const here = binaries.find(
    ({ platform, architecture }) => platform === machine.platform && architecture === machine.architecture,
  );
  const binary = here ?? (binaries[0] as BinaryFile);
  const descriptor = binary.symbols.has(descriptorFunctions.cpp)
    ? 'cpp'
    : binary.symbols.has(descriptorFunctions.c)
      ? 'c'
      : undefined;
  const declared =
    descriptor === undefined ? undefined : readStaticDescriptor(binary, descriptorFunctions[descriptor]);
  const { whole = false, ...told }: Partial<StaticDescriptor> = declared ?? {};
  return {
    path,
    size: bytes.byteLength,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    format: binary.format,
    platform: binary.platform,
    architectures: binaries.map(({ architecture }) => architecture),
    fitsHere: here !== undefined,
    isLibrary: binary.isSharedLibrary,
    descriptor,
    declared: Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined)),
    isDoubtful:
      descriptor !== undefined && (!whole || (descriptor === 'c' && (binary.constructors ?? 0) > 0)),
    needed: binary.needed,
    libwasmedge: binary.needed.find((name) => /(^|\/)(lib)?wasmedge[.\d]*\.(so|dylib|dll)/i.test(name)),
    libraries: here && neededLibraries(path, here, machine),
  };
}

/** The bytes of a plug-in's file. */
export function readPluginFile(path: string): Buffer {
  try {
    // Reading from a pipe or a device could wait for ever.
    const kind = statSync(path);
    if (!kind.isFile()) {
      throw new Error('it is not a file');
    }
    if (kind.size > largestFile) {
      throw new Error(`it has ${kind.size} bytes, more than the maximum of ${largestFile}`);
    }
    return readFileSync(path);
  } catch (cause) {
    throw new NativePluginNotFoundError(
      `The native plug-in ${path} cannot be read: ${(cause as Error).message}. ${checkPath(path)}`,
      { places: [path] },
      { cause },
    );
  }
}

function readBinaries(path: string, bytes: Uint8Array): readonly BinaryFile[] {
  try {
    return readBinaryFiles(bytes, Object.values(descriptorFunctions));
  } catch (cause) {
    if (cause instanceof BrokenFile) {
      throw new NativePluginInvalidError(
        `${path} is not a native plug-in: ${cause.message}. Check that it was copied completely, and that it is the library itself, not an archive or a text file.`,
        { cause },
      );
    }
    throw cause;
  }
}

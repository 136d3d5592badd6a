import { NativeArea } from '@wasmedge-plugins/core/native';
import { BackendUnavailableError, NnErrno, type NnErrnoName, NnError } from '@wasmedge-plugins/wasi-nn';
import { bindLibrary } from '@wasmedge-plugins/wasi-nn/kit/native';
import { buildCommand } from './build-command.js';
import { findShim } from './find-shim.js';
import { prototypes, type ShimFunctions } from './prototypes.js';

/** Of `TORCH_SHIM_INTERFACE` in `shim/torch-shim.h`. */
const shimInterface = 1;

/** Most dimensions of a tensor; more than guests can pass. */
const maxDimensions = 64;

/** libtorch behind the shim, opened once for the whole process, and room for what is passed to it. */
export class TorchLibrary {
  static #opened: TorchLibrary | undefined;

  /** File of the shim. */
  readonly path: string;
  /** Version of the libtorch that the shim was built for. */
  readonly version: string;
  readonly c: ShimFunctions;
  /** Whether models can run on a GPU. */
  readonly hasCuda: boolean;
  /** Where a context puts what it tells of an output: `TorchShimOutput`. */
  readonly output: NativeArea;
  /** Dimensions of an input, and their address. */
  readonly shape: BigInt64Array;
  readonly shapeAddress: number;
  readonly #result: NativeArea;

  /**
   * @throws {BackendUnavailableError} when libtorch or the shim is not found, or cannot be opened.
   */
  static open(): TorchLibrary {
    TorchLibrary.#opened ??= new TorchLibrary(findShim());
    return TorchLibrary.#opened;
  }

  private constructor(path: string) {
    this.path = path;
    this.c = bind(path);
    this.output = new NativeArea(48);
    this.#result = new NativeArea(8);
    this.version = this.c.version();
    this.hasCuda = this.c.hasCuda() === 1;
    const shape = new NativeArea(maxDimensions * 8);
    this.shape = shape.i64.subarray(0, maxDimensions);
    this.shapeAddress = shape.address;
  }

  /** Loads a module; returns its pointer, which the caller frees. */
  loadModel(archive: Uint8Array, cuda: boolean): number {
    const status = this.c.modelLoad(archive, archive.byteLength, cuda ? 1 : 0, this.#result.address);
    this.check(status, 'could not load the model');
    return Number(this.#result.u64[0]);
  }

  /** Makes a context of a module; returns its pointer, which the caller frees. */
  createContext(model: number, ownTypes: boolean, threads: number): number {
    const status = this.c.contextCreate(model, ownTypes ? 1 : 0, threads, this.#result.address);
    this.check(status, 'could not create an execution context');
    return Number(this.#result.u64[0]);
  }

  /** Throws what an error code other than 0 means. */
  check(status: number, what: string, text: () => string = this.c.error): void {
    if (status === NnErrno.success) return;
    const name = Object.entries(NnErrno).find(([, errno]) => errno === status)?.[0] ?? 'runtime_error';
    throw new NnError(name as NnErrnoName, `PyTorch ${what}: ${text() || 'it gave no reason'}`);
  }
}

function bind(path: string): ShimFunctions {
  const shim = bindLibrary(path, prototypes, {
    title: 'The shim',
    hint: `Its libtorch may have been replaced or removed; build it again: ${buildCommand}`,
  });
  if (shim.interface() !== shimInterface) {
    throw new BackendUnavailableError(
      `The shim ${path} is of another version of this package; build it again: ${buildCommand}`,
    );
  }
  return shim;
}

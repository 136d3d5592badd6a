import { koffi, NativeArea } from '@wasmedge-plugins/core/native';
import { BackendUnavailableError, type NnErrnoName, NnError } from '@wasmedge-plugins/wasi-nn';
import type { ElementTypes } from '@wasmedge-plugins/wasi-nn/kit';
import { bindLibrary } from '@wasmedge-plugins/wasi-nn/kit/native';
import { openVinoTypes, probedType } from './element-types.js';
import { findLibrary } from './find-library.js';
import { type OpenVinoFunctions, prototypes } from './prototypes.js';
import { withShape } from './with-shape.js';

/** OpenVINO's C library, opened once for the whole process, and room for what it hands out. */
export class OpenVinoLibrary {
  static #opened: OpenVinoLibrary | undefined;

  readonly path: string;
  /** As the library tells it, for example `2026.4.1-22084-...`. */
  readonly version: string;
  readonly c: OpenVinoFunctions;
  readonly elementTypes: ElementTypes;
  /** Where functions put their results; read before the next call. */
  readonly out: NativeArea;

  /**
   * @throws {BackendUnavailableError} when it is not found, cannot be opened, or is older than 2024.6.
   */
  static open(): OpenVinoLibrary {
    OpenVinoLibrary.#opened ??= new OpenVinoLibrary(findLibrary());
    return OpenVinoLibrary.#opened;
  }

  private constructor(path: string) {
    this.path = path;
    this.c = bindLibrary(path, prototypes, {
      title: "OpenVINO's C library",
      hint: 'It needs the other libraries of OpenVINO next to it, in version 2024.6 or later.',
    });
    this.out = new NativeArea(64);
    this.version = this.#readVersion();
    const [year = 0, minor = 0] = this.version.split('.').map((part) => Number.parseInt(part, 10));
    if (year < 2024 || (year === 2024 && minor < 6)) {
      throw new BackendUnavailableError(
        `OpenVINO ${this.version} at ${path} is not supported; install 2024.6 or later.`,
      );
    }
    this.elementTypes = openVinoTypes(this.#probeSize());
  }

  /** Throws what a status other than 0 means; a guest sees `errno`. */
  check(status: number, what: string, errno: NnErrnoName = 'runtime_error'): void {
    if (status !== 0) {
      throw new NnError(errno, `OpenVINO could not ${what}: ${this.c.lastError() || `status ${status}`}`);
    }
  }

  /** The pointer that a function has put into {@link OpenVinoLibrary.out}. */
  get result(): number {
    return Number(this.out.u64[0]);
  }

  /** Reads the text at a pointer and frees it. */
  takeText(address: number): string {
    const text = koffi.decode.string(BigInt(address));
    this.c.free(address);
    return text;
  }

  #probeSize(): number {
    this.check(
      withShape([1], (shape) => this.c.tensorCreate(probedType, shape, this.out.address)),
      'create a tensor',
    );
    const tensor = this.result;
    this.check(this.c.tensorByteSize(tensor, this.out.address), 'get the size of a tensor');
    this.c.tensorFree(tensor);
    return Number(this.out.u64[0]);
  }

  #readVersion(): string {
    this.check(this.c.version(this.out.address), 'report its version');
    const address = this.out.u64[0] as bigint;
    const version = koffi.decode.string(address);
    this.c.versionFree(this.out.address);
    return version;
  }
}

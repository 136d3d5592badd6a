import { koffi, NativeArea } from '@wasmedge-plugins/core/native';
import { BackendUnavailableError, type NnErrnoName, NnError } from '@wasmedge-plugins/wasi-nn';
import { bindLibrary } from '@wasmedge-plugins/wasi-nn/kit/native';
import { bindTable } from './bind-table.js';
import { findLibrary } from './find-library.js';
import { apiVersion, base, exported, type OnnxRuntimeFunctions, places, prototypes } from './prototypes.js';

const title = "ONNX Runtime's library";

/** Only what ends the process is logged, to stderr: what is wrong with a model is in its error. */
const onlyFatal = 4;

/** ONNX Runtime's library, opened once for each thread, and room for what it hands out. */
export class OnnxRuntimeLibrary {
  static #opened: OnnxRuntimeLibrary | undefined;

  readonly path: string;
  /** As the library tells it, for example `1.30.0`. */
  readonly version: string;
  readonly c: OnnxRuntimeFunctions;
  /** Where functions put their results; read before the next call. */
  readonly out: NativeArea;
  /** What all sessions belong to, for the rest of the process. */
  readonly environment: number;
  /** What texts are allocated by. */
  readonly allocator: number;
  /** That tensors lie in the memory of the process. */
  readonly memoryInfo: number;

  /** @throws {BackendUnavailableError} when it is not found, cannot be opened, or is older than 1.24. */
  static open(): OnnxRuntimeLibrary {
    OnnxRuntimeLibrary.#opened ??= new OnnxRuntimeLibrary(findLibrary());
    return OnnxRuntimeLibrary.#opened;
  }

  private constructor(path: string) {
    this.path = path;
    const { apiBase } = bindLibrary(path, exported, {
      title,
      hint: 'It must be ONNX Runtime 1.24 or later, for this platform.',
    });
    const { api, version } = bindTable(apiBase(), base, places);
    this.version = version();
    // Older ones would say on stderr that they have no such table.
    const [major = 0, minor = 0] = this.version.split('.').map((part) => Number.parseInt(part, 10));
    const table = major < 1 || (major === 1 && minor < apiVersion) ? 0 : api(apiVersion);
    if (table === 0) {
      throw new BackendUnavailableError(
        `ONNX Runtime ${this.version} at ${path} is not supported; install 1.${apiVersion} or later.`,
      );
    }
    this.c = bindTable(table, prototypes, places);
    this.out = new NativeArea(64);
    const { c, out } = this;
    this.environment = this.take(c.createEnv(onlyFatal, 'wasi-nn', out.address), 'start');
    this.check(c.disableTelemetry(this.environment), 'start');
    this.allocator = this.take(c.defaultAllocator(out.address), 'start');
    this.memoryInfo = this.take(c.createMemoryInfo(0, 0, out.address), 'start');
  }

  /** Throws what a status other than 0 means, and releases it; a guest sees `errno`. */
  check(status: number, what: string, errno: NnErrnoName = 'runtime_error'): void {
    if (status === 0) return;
    const message = this.c.errorMessage(status);
    this.c.freeStatus(status);
    throw new NnError(errno, `ONNX Runtime could not ${what}: ${message}`);
  }

  /** What a function has put into {@link OnnxRuntimeLibrary.out}, a pointer or a number, if it succeeded. */
  take(status: number, what: string, errno?: NnErrnoName): number {
    this.check(status, what, errno);
    return Number(this.out.u64[0]);
  }

  /** The text at a pointer of {@link OnnxRuntimeLibrary.allocator}. */
  readText(address: number): string {
    return koffi.decode.string(BigInt(address));
  }
}

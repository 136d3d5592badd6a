import { type NnErrnoName, NnError } from '@wasmedge-plugins/wasi-nn';
import { bindLibrary } from '@wasmedge-plugins/wasi-nn/kit/native';
import { ErrorFile } from './error-file.js';
import { findLibrary } from './find-library.js';
import { prototypes, type TensorFlowLiteFunctions } from './prototypes.js';

/** TensorFlow Lite's C library, opened once for the whole process. */
export class TensorFlowLiteLibrary {
  static #opened: TensorFlowLiteLibrary | undefined;

  readonly path: string;
  /** As the library tells it, for example `2.14.1`. */
  readonly version: string;
  readonly c: TensorFlowLiteFunctions;
  readonly errors: ErrorFile;

  /**
   * @throws {BackendUnavailableError} when it is not found or cannot be opened.
   */
  static open(): TensorFlowLiteLibrary {
    TensorFlowLiteLibrary.#opened ??= new TensorFlowLiteLibrary(findLibrary());
    return TensorFlowLiteLibrary.#opened;
  }

  private constructor(path: string) {
    this.path = path;
    this.c = bindLibrary(path, prototypes, {
      title: "TensorFlow Lite's C library",
      hint: 'It must have the functions TfLite* of its C interface, and the libraries that it needs must be installed or next to it.',
    });
    this.errors = new ErrorFile();
    this.version = this.c.version();
  }

  /** The error for what went wrong, with what TensorFlow Lite says of it. */
  error(errno: NnErrnoName, what: string): NnError {
    const reported = this.errors.take();
    return new NnError(errno, `TensorFlow Lite could not ${what}${reported && `: ${reported}`}`);
  }
}

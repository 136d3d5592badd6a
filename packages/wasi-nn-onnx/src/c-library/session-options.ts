import { devNull } from 'node:os';
import { join } from 'node:path';
import { NativeArea } from '@wasmedge-plugins/core/native';
import type { OnnxRuntimeLibrary } from '../library/onnx-runtime-library.js';
import type { ONNXOptimization } from '../source.js';

/** How a model is loaded and computed. */
export interface LoadSettings {
  readonly threads: number;
  readonly optimization: ONNXOptimization;
  readonly providers: readonly string[];
}

/** The library's numbers for how much a model is changed. */
const levels: Readonly<Record<ONNXOptimization, number>> = { none: 0, basic: 1, extended: 2, all: 99 };

/**
 * What keeps a model from files, should the library find more in it than was found before: it looks for tensors in a folder that there cannot be, and not in the working
 * directory, and takes only the format that was read.
 */
const confinement = {
  'session.model_external_initializers_file_folder_path': join(devNull, 'none'),
  'session.load_model_format': 'ONNX',
};

/** A file of tensors. */
export interface ExternalFile {
  /** Its name, as the model has it. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Loads a model with its settings and external data.
 *
 * @returns the library's session.
 * @throws {NnError} `invalid_argument` for a model that cannot be loaded.
 */
export function createSession(
  library: OnnxRuntimeLibrary,
  model: Uint8Array,
  settings: LoadSettings,
  files: readonly ExternalFile[],
): number {
  const { c, out, environment } = library;
  const options = library.take(c.createOptions(out.address), 'load the model');
  const areas: NativeArea[] = [];
  try {
    library.check(c.setThreads(options, settings.threads), 'set the number of threads');
    library.check(c.setOptimization(options, levels[settings.optimization]), 'set the optimization');
    for (const provider of settings.providers) {
      const what = `use the execution provider ${provider}`;
      library.check(c.addProvider(options, provider, 0, 0, 0), what, 'invalid_argument');
    }
    for (const [key, value] of Object.entries(confinement)) {
      library.check(c.addConfigEntry(options, key, value), 'confine the model');
    }
    if (files.length > 0) addFiles(library, options, files, areas);
    const status = c.createSession(environment, model, model.byteLength, options, out.address);
    return library.take(status, 'load the model', 'invalid_argument');
  } finally {
    c.freeOptions(options);
    for (const area of areas) area[Symbol.dispose]();
  }
}

/** The library copies what it needs of them while it loads the model. */
function addFiles(
  library: OnnxRuntimeLibrary,
  options: number,
  files: readonly ExternalFile[],
  areas: NativeArea[],
): void {
  const keep = (bytes: Uint8Array): number => {
    const area = new NativeArea(bytes.byteLength);
    areas.push(area);
    area.u8.set(bytes);
    return area.address;
  };
  const keepNumbers = (numbers: readonly number[]) =>
    keep(new Uint8Array(BigUint64Array.from(numbers, BigInt).buffer));
  const names = keepNumbers(files.map(({ name }) => keep(pathText(name))));
  const contents = keepNumbers(files.map(({ bytes }) => keep(bytes)));
  const lengths = keepNumbers(files.map(({ bytes }) => bytes.byteLength));
  library.check(
    library.c.addExternalData(options, names, contents, lengths, files.length),
    "take the model's external data",
    'invalid_argument',
  );
}

/** A path as the library takes it: in UTF-16 on Windows, with a zero at its end. */
function pathText(name: string): Uint8Array {
  return Buffer.from(`${name}\0`, process.platform === 'win32' ? 'utf16le' : 'utf8');
}

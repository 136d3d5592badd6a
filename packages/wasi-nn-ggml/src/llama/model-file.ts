import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pathOfPart } from '@wasmedge-plugins/wasi-nn/kit';
import { BackendFailure } from '@wasmedge-plugins/wasi-nn/kit/async';
import { checkHeader } from '../gguf/check-header.js';
import { readHeader } from '../gguf/read-header.js';
import { withUnnamedFile } from './unnamed-file.js';

let unnamed = 0;

/** A file with a model, while it is open. */
export interface OpenedFile {
  readonly path: string;
  readonly bytes: number;
  readonly architecture: string;
}

/** A model's file: one that the host has named, or bytes, which llama.cpp reads of a file only. */
export class ModelFile {
  readonly #part: Uint8Array;
  readonly #path: string | undefined;
  #identity: Promise<string> | undefined;

  /** @param isHosts whether the host chose it; a guest's bytes name no file of the host. */
  constructor(part: Uint8Array, isHosts: boolean) {
    this.#part = part;
    this.#path = isHosts ? pathOfPart(part) : undefined;
    if (!isHosts && pathOfPart(part) !== undefined) {
      throw new BackendFailure(
        'unsupported_operation',
        'A guest must not open files of the host; name the model in the option models.',
      );
    }
  }

  /** The same for the same file, whatever it is called, as long as nobody replaces it; it does not change once it was asked for. */
  identity(): Promise<string> {
    this.#identity ??=
      this.#path === undefined ? Promise.resolve(`bytes ${++unnamed}`) : identityOf(this.#path);
    return this.#identity;
  }

  /** Whether it lies in a file that may be mapped to memory. */
  get isMappable(): boolean {
    return this.#path !== undefined;
  }

  /** Lets a file with the model be opened; what was written for that is gone afterwards. */
  async open<Opened>(use: (file: OpenedFile) => Promise<Opened>): Promise<Opened> {
    if (this.#path === undefined) return withUnnamedFile(this.#part, (path) => refusing(path, use));
    await requireFile(this.#path);
    if ((await identityOf(this.#path)) !== (await this.identity())) {
      throw new BackendFailure(
        'runtime_error',
        `The file ${this.#path} was replaced after the model was loaded; load the model again.`,
      );
    }
    // The library would take away `..` by the text, which leads elsewhere after a link. The name stays: that of a part tells the others.
    const folder = await realpath(dirname(this.#path));
    return refusing(join(folder, basename(this.#path)), use);
  }
}

/** How the files of a model are called that is divided among several: the name of the first tells the others. */
const dividedModel = /-\d{5}-of-\d{5}\.gguf$/;

async function identityOf(path: string): Promise<string> {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  if (found === undefined) return path;
  const { dev, ino, mtimeNs, ctimeNs, size } = found;
  const place = dividedModel.test(path) ? join(await realpath(dirname(path)), basename(path)) : '';
  return [dev, ino, mtimeNs, ctimeNs, size, place].join(' ');
}

async function requireFile(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile()) return;
  throw new BackendFailure(
    'model_not_found',
    found === undefined
      ? `There is no file ${path}; check the path of the model.`
      : `${path} is ${found.isDirectory() ? 'a directory' : 'no regular file'}; name the GGUF file of the model.`,
  );
}

/** What the library does not notice, it would count up to. */
async function refusing<Opened>(path: string, use: (file: OpenedFile) => Promise<Opened>): Promise<Opened> {
  try {
    const read = readHeader(path);
    return await use({ path, bytes: read.bytes, architecture: checkHeader(read) });
  } catch (error) {
    if (error instanceof BackendFailure) throw error;
    throw new BackendFailure(
      'invalid_argument',
      `llama.cpp does not load the model: ${(error as Error).message}`,
    );
  }
}

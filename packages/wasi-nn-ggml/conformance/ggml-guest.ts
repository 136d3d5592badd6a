import { strict as assert } from 'node:assert';
import type { CaseContext, CaseRuntime } from '@wasmedge-plugins/conformance';
import { RawNn } from '@wasmedge-plugins/wasi-nn/conformance';
import type { GGMLCaseOptions } from './case-options.js';
import { modelBytes } from './models.js';

const encoding = 6;
const place = {
  config: 600_000,
  name: 610_000,
  dimensions: 615_000,
  record: 616_000,
  written: 617_000,
  data: 620_000,
  output: 730_000,
};

/** Options with which the answers are those of NumPy. */
export const greedy = { temp: 0, 'ctx-size': 256, threads: 1 } as const;

/** What a function gave, and its error code. */
export interface Given {
  readonly errno: number;
  readonly text: string;
  readonly written: number;
}

/** The output 1 of a context. */
export interface Metadata {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly llama_build_number: number;
  readonly llama_commit: string;
}

/** The guest that passes on any numbers, with prompts and options laid out for it. */
export class GGMLGuest {
  readonly raw: RawNn;

  private constructor(raw: RawNn) {
    this.raw = raw;
  }

  static async create(context: CaseContext, plugin: GGMLCaseOptions = {}): Promise<GGMLGuest> {
    return GGMLGuest.in(await context.createRuntime({ plugin }));
  }

  /** The guest in a runtime that there is. */
  static async in(runtime: CaseRuntime): Promise<GGMLGuest> {
    return new GGMLGuest(await RawNn.in(runtime, { encoding, parts: () => [modelBytes()] }));
  }

  /** The error code of `load` with bytes that lie at an offset. */
  async load(bytes: Uint8Array): Promise<number> {
    const pages = Math.ceil(bytes.length / 65_536);
    const offset = (await this.raw.exports.grow(pages)) * 65_536;
    await this.raw.store(offset, bytes);
    await this.raw.storeNumbers(place.name, offset, bytes.length);
    return this.raw.exports.load(place.name, 1, encoding, 0, place.written);
  }

  /** The error code of loading by name, and the graph. A text is passed as it is. */
  async loadByName(
    name: string,
    options: object | string = greedy,
  ): Promise<{ errno: number; graph: number }> {
    const text = typeof options === 'string' ? options : JSON.stringify(options);
    const bytes = new TextEncoder().encode(text);
    await this.raw.store(place.name, new TextEncoder().encode(name));
    await this.raw.store(place.config, bytes);
    const errno = await this.raw.exports.load_by_name_with_config(
      place.name,
      name.length,
      place.config,
      bytes.length,
      place.written,
    );
    return { errno, graph: await this.raw.number(place.written) };
  }

  /** Makes a context of a model; both must succeed. */
  async open(options: object = greedy, name = 'default'): Promise<number> {
    const { errno, graph } = await this.loadByName(name, options);
    assert.equal(errno, 0, 'load_by_name_with_config');
    return this.createContext(graph);
  }

  async createContext(graph: number): Promise<number> {
    assert.equal(await this.raw.exports.init_execution_context(graph, place.written), 0, 'init');
    return this.raw.number(place.written);
  }

  /** The error code of `set_input`. The tensor's type and shape are not those of the bytes, as with WasmEdge's guests. */
  async set(context: number, index: number, given: string | Uint8Array, type = 1): Promise<number> {
    const bytes = typeof given === 'string' ? new TextEncoder().encode(given) : given;
    await this.raw.store(place.data, bytes);
    return this.setAt(context, index, place.data, bytes.length, type);
  }

  /** The same with bytes that lie somewhere already. */
  async setAt(context: number, index: number, offset: number, length: number, type = 1): Promise<number> {
    await this.raw.storeNumbers(place.dimensions, 1);
    await this.raw.storeNumbers(place.record, place.dimensions, 1, type, offset, length);
    return this.raw.exports.set_input(context, index, place.record);
  }

  prompt(context: number, text: string): Promise<number> {
    return this.set(context, 0, text);
  }

  options(context: number, options: object | string): Promise<number> {
    return this.set(context, 1, typeof options === 'string' ? options : JSON.stringify(options));
  }

  compute(context: number): Promise<number> {
    return this.raw.exports.compute(context);
  }

  computeSingle(context: number): Promise<number> {
    return this.raw.exports.compute_single(context);
  }

  output(context: number, index = 0, size = 65_536): Promise<Given> {
    return this.#get('get_output', context, index, size);
  }

  piece(context: number, index = 0): Promise<Given> {
    return this.#get('get_output_single', context, index, 65_536);
  }

  /** Whether the last output left the buffer as it was. */
  async wroteNothing(): Promise<boolean> {
    return (await this.raw.read(place.output, 64)).every((byte) => byte === 0xaa);
  }

  /** Computes a text and reads it; all calls must succeed. */
  async answer(context: number, prompt: string): Promise<string> {
    assert.equal(await this.prompt(context, prompt), 0, 'set_input');
    assert.equal(await this.compute(context), 0, 'compute');
    return (await this.output(context)).text;
  }

  async counts(context: number): Promise<Metadata> {
    return JSON.parse((await this.output(context, 1)).text);
  }

  async #get(
    name: 'get_output' | 'get_output_single',
    context: number,
    index: number,
    size: number,
  ): Promise<Given> {
    await this.raw.exports.fill(place.output, 0xaa, 64);
    await this.raw.storeNumbers(place.written, 0xaaaa_aaaa);
    const errno = await this.raw.exports[name](context, index, place.output, size, place.written);
    const written = await this.raw.number(place.written);
    const bytes = errno === 0 ? await this.raw.read(place.output, written) : new Uint8Array();
    return { errno, text: Buffer.from(bytes).toString(), written };
  }
}

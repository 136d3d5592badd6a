import { fromJavaScript, toJavaScript } from './javascript-values.js';
import { leftOutByJavaScript } from './left-out.js';
import type { Command, ScriptValue } from './script.js';
import type { HostFailure, ScriptHost } from './script-host.js';
import type { GivenValue } from './values.js';

const ignore = () => {};

/** Node's own WebAssembly, as its JavaScript interface gives it. */
export class PlainHost implements ScriptHost<WebAssembly.Instance> {
  readonly #imports: Record<string, WebAssembly.ModuleImports> = Object.create(null);

  constructor() {
    const constant = (value: 'i32' | 'i64' | 'f32' | 'f64', start: number | bigint) =>
      new WebAssembly.Global({ value, mutable: false }, start);
    this.#imports.spectest = {
      print: ignore,
      print_i32: ignore,
      print_i64: ignore,
      print_f32: ignore,
      print_f64: ignore,
      print_i32_f32: ignore,
      print_f64_f64: ignore,
      global_i32: constant('i32', 666),
      global_i64: constant('i64', 666n),
      global_f32: constant('f32', 666.6),
      global_f64: constant('f64', 666.6),
      table: new WebAssembly.Table({ initial: 10, maximum: 20, element: 'anyfunc' }),
      memory: new WebAssembly.Memory({ initial: 1, maximum: 2 }),
    };
  }

  leavesOut(command: Command): string | undefined {
    return leftOutByJavaScript(command, 'v8');
  }

  instantiate(bytes: Uint8Array<ArrayBuffer>, name: string | undefined): WebAssembly.Instance {
    const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), this.#imports);
    if (name !== undefined) this.#imports[name] = instance.exports;
    return instance;
  }

  invoke(
    { exports }: WebAssembly.Instance,
    field: string,
    args: readonly ScriptValue[],
    expected: readonly ScriptValue[],
  ): readonly GivenValue[] {
    const result = (exports[field] as (...args: unknown[]) => unknown)(...args.map(toJavaScript));
    const given = Array.isArray(result) ? result : result === undefined ? [] : [result];
    return given.map((each, index) => fromJavaScript(each, expected[index]?.type ?? ''));
  }

  get(
    { exports }: WebAssembly.Instance,
    field: string,
    expected: readonly ScriptValue[],
  ): readonly GivenValue[] {
    return [fromJavaScript((exports[field] as WebAssembly.Global).value, expected[0]?.type ?? '')];
  }

  failureOf(error: unknown): HostFailure {
    const { message } = error as Error;
    if (error instanceof WebAssembly.CompileError) return { kind: 'invalid', message };
    // A TypeError where nothing has the name of a module.
    if (error instanceof WebAssembly.LinkError || /Import #\d+/.test(message))
      return { kind: 'unlinkable', message };
    const isTrap = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
    return isTrap ? { kind: 'trap', message } : { kind: 'other', message: String(error) };
  }

  [Symbol.dispose](): void {}
}

import {
  createRuntime,
  type EngineName,
  GuestTrapError,
  hostFunction,
  hostGlobal,
  hostMemory,
  hostModule,
  hostTable,
  ImportMismatchError,
  type Instance,
  InvalidGuestError,
  MissingImportError,
  type Runtime,
} from '../../index.js';
import { fromJavaScript, toJavaScript } from './javascript-values.js';
import { leftOutByJavaScript } from './left-out.js';
import type { Command, ScriptValue } from './script.js';
import type { HostFailure, ScriptHost } from './script-host.js';
import type { GivenValue } from './values.js';

const ignore = () => {};

/** What the tests import from the module "spectest", as the specification's own interpreter has it. */
const spectest = hostModule('spectest', {
  print: hostFunction([], [], ignore),
  print_i32: hostFunction(['i32'], [], ignore),
  print_i64: hostFunction(['i64'], [], ignore),
  print_f32: hostFunction(['f32'], [], ignore),
  print_f64: hostFunction(['f64'], [], ignore),
  print_i32_f32: hostFunction(['i32', 'f32'], [], ignore),
  print_f64_f64: hostFunction(['f64', 'f64'], [], ignore),
  global_i32: hostGlobal('i32', 666),
  global_i64: hostGlobal('i64', 666n),
  global_f32: hostGlobal('f32', 666.6),
  global_f64: hostGlobal('f64', 666.6),
  table: hostTable('funcref', { minimum: 10, maximum: 20 }),
  memory: hostMemory({ minimum: 1, maximum: 2 }),
});

/** This package, by its public interface. */
export class OurHost implements ScriptHost<Instance> {
  readonly #runtime: Runtime;

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  static async create(engine: EngineName): Promise<OurHost> {
    // Endless recursion on wasmedge ends by the growth of the process.
    const limits = engine === 'wasmedge' ? { growthBytes: 32 * 2 ** 20 } : {};
    return new OurHost(await createRuntime({ engine, hostModules: [spectest], limits }));
  }

  leavesOut(command: Command): string | undefined {
    return leftOutByJavaScript(command, this.#runtime.report().engine);
  }

  instantiate(bytes: Uint8Array<ArrayBuffer>, name: string | undefined): Instance {
    return this.#runtime.instantiate(bytes, { name });
  }

  invoke(instance: Instance, field: string, args: readonly ScriptValue[]): readonly GivenValue[] {
    const type = instance.exportTypes.get(field);
    const results = type?.kind === 'function' ? type.signature?.results : undefined;
    const result = (instance.exports[field] as (...args: unknown[]) => unknown)(...args.map(toJavaScript));
    const given = results?.length === 1 ? [result] : ((result ?? []) as readonly unknown[]);
    return given.map((each, index) => fromJavaScript(each, results?.[index] ?? ''));
  }

  get(instance: Instance, field: string): readonly GivenValue[] {
    const global = instance.exportedGlobal(field);
    return [fromJavaScript(global.get(), global.type ?? '')];
  }

  failureOf(error: unknown): HostFailure {
    const { message } = error as Error;
    if (InvalidGuestError.isInstance(error)) return { kind: 'invalid', message };
    if (MissingImportError.isInstance(error) || ImportMismatchError.isInstance(error))
      return { kind: 'unlinkable', message };
    if (GuestTrapError.isInstance(error)) return { kind: 'trap', trap: error.trap, message };
    return { kind: 'other', message: String(error) };
  }

  [Symbol.dispose](): void {
    this.#runtime[Symbol.dispose]();
  }
}

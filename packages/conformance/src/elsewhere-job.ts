import {
  createRuntime,
  type EngineName,
  type Instance,
  type PluginSet,
  type ProviderName,
} from '@wasmedge-plugins/core';

/** A guest's task. */
export interface ElsewhereJob {
  /** The guest's file. */
  readonly guest: URL;
  /** Arguments of a program. Default: none. */
  readonly args?: readonly string[];
  /** A program's standard input. Default: nothing. */
  readonly stdin?: string | Uint8Array;
  /** A program's folders, by the names under which it knows them. Default: none. */
  readonly preopens?: Readonly<Record<string, string>>;
  /** Exports to call, each with its arguments, such as handles and offsets: the guest is then a library. Default: it is a program, and is run. */
  readonly calls?: readonly (readonly [name: string, ...values: number[]])[];
  /** Text at the beginning of a library's memory. Default: the guest's own contents. */
  readonly text?: string;
}

/** The observable outcome of a guest. */
export interface ElsewhereOutcome {
  /** The plug-ins, as the runtime's report lists them. */
  readonly plugins: readonly {
    /** The plug-in's WasmEdge name. */
    readonly name: string;
    /** Where its functions come from. */
    readonly provider: ProviderName;
  }[];
  /** The program's exit code, or the result of each call: an error is its name, its message and its cause. */
  readonly done: unknown;
  /** A program's standard output. */
  readonly stdout: string;
  /** A program's standard error output. */
  readonly stderr: string;
}

/** Runs the guest with plug-ins and host modules. */
export async function runElsewhereJob(
  engine: EngineName,
  job: ElsewhereJob,
  set: PluginSet,
): Promise<ElsewhereOutcome> {
  const { guest, args = [], stdin = '', preopens = {} } = job;
  const wasi = { args, stdin, preopens, stdout: 'capture', stderr: 'capture' } as const;
  const runtime = await createRuntime({ engine, ...set, wasi });
  try {
    const plugins = runtime
      .report()
      .plugins.map(({ name, provider, modules }) => ({ name, provider, modules }));
    const done = job.calls === undefined ? runtime.run(guest) : callAll(runtime.instantiate(guest), job);
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    return { plugins, done, stdout: text(runtime.stdout), stderr: text(runtime.stderr) };
  } finally {
    runtime[Symbol.dispose]();
  }
}

function callAll({ exports, memory }: Instance, { calls = [], text = '' }: ElsewhereJob): unknown[] {
  if (text !== '') memory?.writeString(0, text);
  return calls.map(([name, ...values]) => {
    try {
      return exports[name]?.(...values);
    } catch (error) {
      const { name: kind, message, cause } = error as Error;
      return `${kind}: ${message} ${cause}`;
    }
  });
}

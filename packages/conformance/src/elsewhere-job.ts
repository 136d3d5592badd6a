import {
  createRuntime,
  type EngineName,
  type Instance,
  type PluginSet,
  type ProviderName,
} from '@wasmedge-plugins/core';

/** What a guest is to do. */
export interface ElsewhereJob {
  /** The guest's file. */
  readonly guest: URL;
  /** Arguments of a program. Default: none. */
  readonly args?: readonly string[];
  /** What a program reads. Default: nothing. */
  readonly stdin?: string | Uint8Array;
  /** Folders of a program, by the names that it knows them by. Default: none. */
  readonly preopens?: Readonly<Record<string, string>>;
  /** Exports that are called, each with its arguments, such as handles and offsets: the guest is a library then. Default: it is a program, and is run. */
  readonly calls?: readonly (readonly [name: string, ...values: number[]])[];
  /** What a library finds at the beginning of its memory. Default: what the guest has there. */
  readonly text?: string;
}

/** What can be seen of a guest. */
export interface ElsewhereOutcome {
  /** The plug-ins, as the runtime's report has them. */
  readonly plugins: readonly {
    /** The plug-in's WasmEdge name. */
    readonly name: string;
    /** Where its functions come from. */
    readonly provider: ProviderName;
  }[];
  /** The program's exit code, or the result of each call: an error is its name, its message and its cause. */
  readonly done: unknown;
  /** What a program wrote. */
  readonly stdout: string;
  /** What a program wrote of errors. */
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

const pageBytes = 2 ** 16;

/** What ONNX Runtime needs for itself, in bytes, and what its module may have. */
const leastMemory = 2 ** 27;
const maxMemory = 2 ** 32;

/** How a WebAssembly module is started. */
export interface ModuleStart {
  /** Most bytes of its memory, at least 128 MiB and at most 4 GiB. */
  readonly maxBytes: number;
  /** The module, if it was compiled before in this process; otherwise it is compiled now. */
  readonly compiled: WebAssembly.Module | undefined;
}

/** What came of it. */
export interface StartedModule<Result> {
  /** What the work gave, or why it failed. */
  readonly outcome: PromiseSettledResult<Result>;
  /** The module that was started; `undefined` when none was. */
  readonly compiled: WebAssembly.Module | undefined;
}

/**
 * Does something that compiles one WebAssembly module and makes one memory. The memory gets a lower bound than is asked for, since a guest's model says how much it
 * needs, and a module that is there is not compiled once more, which takes longest: onnxruntime-web has an option for neither.
 */
export async function startModule<Result>(
  { maxBytes, compiled }: ModuleStart,
  work: () => Promise<Result>,
): Promise<StartedModule<Result>> {
  const bound = Math.floor(Math.min(Math.max(maxBytes, leastMemory), maxMemory) / pageBytes);
  const { Memory, instantiate } = WebAssembly;
  let made = 0;
  let used = compiled;
  WebAssembly.Memory = class extends Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      super({ ...descriptor, maximum: Math.min(descriptor.maximum ?? bound, bound) });
      made++;
    }
  };
  const start = async (bytes: BufferSource, imports?: WebAssembly.Imports) => {
    used ??= await WebAssembly.compile(bytes);
    return { module: used, instance: await instantiate(used, imports) };
  };
  WebAssembly.instantiate = start as typeof instantiate;
  const [outcome] = await Promise.allSettled([work()]);
  Object.assign(WebAssembly, { Memory, instantiate });
  return { outcome, compiled: made === 0 ? undefined : used };
}

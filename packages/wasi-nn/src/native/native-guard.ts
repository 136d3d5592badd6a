import {
  type Caller,
  type GuestMemory,
  hostModule,
  implement,
  type NativeGuard,
} from '@wasmedge-plugins/core';
import { nnModuleName, nnSignatures } from '../abi.js';
import { borrowBuilders } from '../embedded/guest-builders.js';
import { borrowTensor, checkRange } from '../embedded/guest-tensor.js';
import { checkTextRange } from '../embedded/guest-text.js';
import { loadTargets } from '../encoding.js';
import { NnError } from '../errors.js';
import { checkConfigText } from '../kit/config-text.js';
import { readModelPart } from '../model-part.js';
import { errnoName } from '../nn-errno.js';
import type { NnLimits } from '../nn-limits.js';
import { checkPart } from './check-part.js';
import { resultPlace } from './guarded-calls.js';
import { GuardedGuest } from './guarded-guest.js';
import { GuardedState, passBytes } from './guarded-state.js';

/** What the guard of a native plug-in goes by. */
export interface NativeGuardOptions {
  /** Of the backend that the plug-in was built for. */
  readonly encoding: number;
  /** The files of the host's models, by name. */
  readonly files: ReadonlyMap<string, readonly string[]>;
  /** See `BackendKind`. */
  mayLackTensors(parts: readonly Uint8Array[]): boolean;
  readonly guestModels: 'allow' | 'deny';
  readonly limits: Partial<NnLimits>;
}

type Work = (caller: GuardedCaller, ...args: number[]) => number;

/** The memory of the guest that calls, and what it has. */
interface GuardedCaller {
  readonly memory: GuestMemory;
  readonly own: GuardedGuest;
}

/**
 * Stands before WasmEdge's WASI-NN plug-in. It refuses what the host can see would end the process or read and write outside of what a guest
 * gave: ranges, numbers of dimensions and parts, data that is shorter than its shape, graphs and contexts that there are not, archives that
 * are damaged, interpreters without tensors. What the plug-in answers is passed on.
 */
export function nativeNnGuard(options: NativeGuardOptions): NativeGuard {
  const { encoding, files, guestModels, limits } = options;
  return (module, { logger, perInstance }) => {
    const state = new GuardedState(module, encoding, limits);
    const guestOf = perInstance(() => new GuardedGuest(state));
    const has = new Set(module.functions.map(({ name }) => name));
    // Element types were numbered anew in 0.15, which also brought this function.
    const numbering = has.has('finalize_execution_context') ? '0.15' : '0.14';
    let warned = false;
    const refuseDenied = () => {
      if (guestModels === 'allow') return;
      const message = "Guests must not load their own models; name the model, or set guestModels: 'allow'.";
      // A guest sees a number only, and whoever wrote the host did not see this coming.
      if (!warned) logger('warn', `WASI-NN: ${message}`);
      warned = true;
      throw new NnError('unsupported_operation', message);
    };
    const loadNamed = (
      { memory, own }: GuardedCaller,
      name: string,
      out: number,
      functionName: string,
      ...ranges: readonly (readonly [number, number])[]
    ) => {
      const paths = files.get(name);
      if (paths === undefined) {
        throw new NnError('not_found', `There is no model named ${JSON.stringify(name.slice(0, 100))}.`);
      }
      const { errno, graph } = own.loadByName(
        name,
        () => options.mayLackTensors(paths.map((path) => readModelPart(path))),
        (calls) => calls.call(functionName, ...passBytes(calls, memory, ranges), resultPlace),
      );
      if (errno === 0) memory.writeU32(out, graph);
      return errno;
    };
    const single: (name: string) => Work =
      (name) =>
      ({ own }, context, ...rest) => {
        own.context((context as number) >>> 0);
        // For other backends than these; none of the numbers leads into a memory that a guest has.
        return state.shared.call(name, context as number, ...rest.map(() => resultPlace));
      };
    const work: Readonly<Record<keyof typeof nnSignatures, Work>> = {
      load({ memory, own }, builders, count, modelEncoding, target, out) {
        checkRange(memory, out, 4, 'the graph handle');
        if (loadTargets[target >>> 0] === undefined) {
          throw new NnError('invalid_argument', `There is no execution target ${target >>> 0}.`);
        }
        refuseDenied();
        const parts = borrowBuilders(memory, builders, count >>> 0);
        for (const part of parts) checkPart(part);
        const { errno, graph } = own.load(parts, modelEncoding, target, options.mayLackTensors(parts));
        if (errno === 0) memory.writeU32(out, graph);
        return errno;
      },
      load_by_name(caller, name, length, out) {
        const { memory } = caller;
        checkRange(memory, out, 4, 'the graph handle');
        checkTextRange(memory, name, length, 'a name');
        return loadNamed(caller, memory.readString(name, length), out, 'load_by_name', [name, length]);
      },
      load_by_name_with_config(caller, name, length, config, configLength, out) {
        const { memory } = caller;
        checkRange(memory, out, 4, 'the graph handle');
        checkTextRange(memory, name, length, 'a name');
        checkTextRange(memory, config, configLength, 'a configuration');
        checkConfigText(memory.readString(config, configLength));
        const ranges = [
          [name, length],
          [config, configLength],
        ] as const;
        return loadNamed(caller, memory.readString(name, length), out, 'load_by_name_with_config', ...ranges);
      },
      init_execution_context({ memory, own }, graph, out) {
        checkRange(memory, out, 4, 'the context handle');
        const { errno, context } = own.createContext(graph >>> 0);
        if (errno === 0) memory.writeU32(out, context);
        return errno;
      },
      set_input({ memory, own }, context, index, record) {
        let errno = 0;
        borrowTensor(memory, record, { numbering }, ({ shape, data }) => {
          errno = own.setInput(context >>> 0, index >>> 0, shape, memory.readU32(record + 8), data);
        });
        return errno;
      },
      compute: ({ own }, context) => own.context(context >>> 0).calls.call('compute', context),
      get_output({ memory, own }, context, index, buffer, size, written) {
        checkRange(memory, buffer, size >>> 0, 'the output buffer');
        checkRange(memory, written, 4, 'the output size');
        return own.output(context >>> 0, index >>> 0, size >>> 0, (bytes) => {
          memory.write(buffer, bytes);
          memory.writeU32(written, bytes.byteLength);
        });
      },
      get_output_single: single('get_output_single'),
      compute_single: single('compute_single'),
      fini_single: single('fini_single'),
      unload: ({ own }, graph) => own.unload(graph >>> 0),
      finalize_execution_context: ({ own }, context) => own.finalizeContext(context >>> 0),
    };
    const guarded =
      (run: Work) =>
      (caller: Caller, ...args: number[]) => {
        try {
          return run({ memory: caller.memory, own: guestOf(caller) }, ...args);
        } catch (error) {
          if (!NnError.isInstance(error)) throw error;
          logger('info', `WASI-NN: ${error.message}`);
          return error.errno;
        }
      };
    const functions = implement(nnSignatures, mapEach(work, guarded), {
      trace: mapEach(work, () => ({ result: errnoName })),
    });
    return hostModule(
      nnModuleName,
      Object.fromEntries(Object.entries(functions).filter(([name]) => has.has(name))),
    );
  };
}

/** The same names, with something made of each value. */
function mapEach<Name extends string, Value, Result>(
  table: Readonly<Record<Name, Value>>,
  make: (value: Value) => Result,
): Readonly<Record<Name, Result>> {
  const entries = Object.entries<Value>(table).map(([name, value]) => [name, make(value)] as const);
  return Object.fromEntries(entries) as Record<Name, Result>;
}

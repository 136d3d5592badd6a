import { isUtf8 } from 'node:buffer';
import {
  type Caller,
  type GuestMemory,
  hostModule,
  implement,
  type NativeGuard,
} from '@wasmedge-plugins/core';
import { nnModuleName, nnSignatures } from '../abi.js';
import { giveOutput } from '../embedded/give-output.js';
import { borrowBuilders } from '../embedded/guest-builders.js';
import { borrowTensor, checkRange } from '../embedded/guest-tensor.js';
import { checkTextRange } from '../embedded/guest-text.js';
import { loadTargets } from '../encoding.js';
import { NnError } from '../errors.js';
import { checkConfigText, longestConfig } from '../kit/config-text.js';
import { readModelPart } from '../model-part.js';
import { errnoName } from '../nn-errno.js';
import type { NnLimits } from '../nn-limits.js';
import { checkPart } from './check-part.js';
import { resultPlace } from './guarded-calls.js';
import { GuardedGuest } from './guarded-guest.js';
import { GuardedState } from './guarded-state.js';
import { configInput, type NativeConfig, type NativeConfigReader } from './native-config.js';
import { passTexts } from './pass-texts.js';

// A mark at the beginning belongs to the text.
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

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
  /** Reads what guests configure, for a plug-in that takes configurations and texts. Default: it takes neither, and gets configurations as they are. */
  readonly readConfig?: NativeConfigReader | undefined;
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
  const { encoding, files, guestModels, limits, readConfig } = options;
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
    const configOf = (bytes: Uint8Array, isInput: boolean): NativeConfig => {
      if (bytes.byteLength > longestConfig) {
        throw new NnError('too_large', `The configuration has more than ${longestConfig} bytes.`);
      }
      const text = utf8.decode(bytes);
      checkConfigText(text);
      return readConfig?.(text, { isInput, release: numbering }) ?? { text };
    };
    const loadNamed = (
      { memory, own }: GuardedCaller,
      functionName: string,
      name: string,
      out: number,
      config?: NativeConfig,
    ) => {
      const paths = files.get(name);
      if (paths === undefined) {
        throw new NnError('not_found', `There is no model named ${JSON.stringify(name.slice(0, 100))}.`);
      }
      const texts = [name, ...(config === undefined ? [] : [config.text])].map((text) => Buffer.from(text));
      const { errno, graph } = own.loadByName(
        readConfig && numbering === '0.14'
          ? config?.text
            ? config
            : configOf(Buffer.from('{}'), false)
          : undefined,
        name,
        () => ({
          mayLackTensors: options.mayLackTensors(paths.map((path) => readModelPart(path))),
          givesVectors: config?.givesVectors ?? false,
        }),
        (calls) => calls.call(functionName, ...passTexts(calls, texts), resultPlace),
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
    const give =
      (name: 'get_output' | 'get_output_single'): Work =>
      ({ memory, own }, context, index, buffer, size, written) => {
        checkRange(memory, buffer as number, (size as number) >>> 0, 'the output buffer');
        checkRange(memory, written as number, 4, 'the output size');
        const place = { buffer: buffer as number, size: (size as number) >>> 0, written: written as number };
        const onShortBuffer = readConfig === undefined ? 'error' : 'too-large';
        return own.output((context as number) >>> 0, name, (index as number) >>> 0, place.size, (bytes) =>
          giveOutput(memory, place, bytes, onShortBuffer),
        );
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
        const [model, text] = parts;
        const config = readConfig && text && configOf(text, false);
        const passed = config && model ? [model, Buffer.from(config.text)] : parts;
        const { errno, graph } = own.load(passed, modelEncoding, target, {
          mayLackTensors: options.mayLackTensors(parts),
          givesVectors: config?.givesVectors ?? false,
        });
        if (errno === 0) memory.writeU32(out, graph);
        return errno;
      },
      load_by_name(caller, name, length, out) {
        const { memory } = caller;
        checkRange(memory, out, 4, 'the graph handle');
        checkTextRange(memory, name, length, 'a name');
        return loadNamed(caller, 'load_by_name', memory.readString(name, length), out);
      },
      load_by_name_with_config(caller, name, length, config, configLength, out) {
        const { memory } = caller;
        checkRange(memory, out, 4, 'the graph handle');
        checkTextRange(memory, name, length, 'a name');
        checkTextRange(memory, config, configLength, 'a configuration');
        const given = memory.borrow(config, configLength, (bytes) =>
          bytes.byteLength === 0 ? { text: '' } : configOf(bytes, false),
        );
        return loadNamed(caller, 'load_by_name_with_config', memory.readString(name, length), out, given);
      },
      init_execution_context({ memory, own }, graph, out) {
        checkRange(memory, out, 4, 'the context handle');
        const { errno, context } = own.createContext(graph >>> 0);
        if (errno === 0) memory.writeU32(out, context);
        return errno;
      },
      set_input({ memory, own }, context, index, record) {
        let errno = 0;
        const takesBytes = () => readConfig !== undefined;
        borrowTensor(memory, record, { numbering, takesBytes }, ({ shape, data }) => {
          const type = memory.readU32(record + 8);
          if (readConfig === undefined) {
            errno = own.setInput(context >>> 0, index >>> 0, shape, type, data);
          } else if (index >>> 0 === configInput) {
            errno = own.setOptions(context >>> 0, configOf(data, true), type);
          } else {
            // Every other index is the prompt. Bytes that are no text end the process.
            const text = isUtf8(data) ? data : Buffer.from(utf8.decode(data));
            errno = own.setPrompt(context >>> 0, text, type);
          }
        });
        return errno;
      },
      compute: ({ own }, context) => own.compute(context >>> 0),
      get_output: give('get_output'),
      ...(readConfig === undefined
        ? {
            get_output_single: single('get_output_single'),
            compute_single: single('compute_single'),
            fini_single: single('fini_single'),
          }
        : {
            get_output_single: give('get_output_single'),
            compute_single: ({ own }, context) => own.computeSingle((context as number) >>> 0),
            fini_single: ({ own }, context) => own.context((context as number) >>> 0).steps.finish(),
          }),
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

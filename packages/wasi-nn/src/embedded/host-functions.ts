import {
  type Caller,
  type GuestMemory,
  type HostModule,
  hostModule,
  implementWithErrno,
  type Logger,
} from '@wasmedge-plugins/core';
import { nnModuleName, nnSignatures } from '../abi.js';
import type { ExecutionContext, RawTensor } from '../backend.js';
import { loadTargets } from '../encoding.js';
import { NnError } from '../errors.js';
import { checkConfigText } from '../kit/config-text.js';
import { errnoName } from '../nn-errno.js';
import type { TensorNumbering } from '../tensor-numbering.js';
import { errnoOf } from './errno-of.js';
import { giveOutput } from './give-output.js';
import { borrowBuilders } from './guest-builders.js';
import { borrowTensor, checkRange } from './guest-tensor.js';
import { checkTextRange } from './guest-text.js';
import type { NnState } from './nn-state.js';

/**
 * The functions of `wasi_ephemeral_nn`. Each checks in the order of WasmEdge 0.14.1, and writes nothing when it fails. What is not allowed is refused
 * before the model is looked at.
 *
 * @param numbering how guests number element types.
 */
export function nnHostModule(
  stateOf: (caller: Caller) => NnState,
  numbering: TensorNumbering,
  logger: Logger,
): HostModule {
  const give = (
    memory: GuestMemory,
    buffer: number,
    size: number,
    written: number,
    read: () => { readonly context: Pick<ExecutionContext, 'onShortBuffer'>; readonly output: RawTensor },
  ) => {
    checkRange(memory, buffer, size >>> 0, 'the output buffer');
    checkRange(memory, written, 4, 'the output size');
    const { context, output } = read();
    giveOutput(memory, { buffer, size: size >>> 0, written }, output.data, context.onShortBuffer);
  };
  const functions = implementWithErrno(
    nnSignatures,
    {
      load(caller, builders, count, encoding, target, out) {
        const { memory } = caller;
        checkRange(memory, out, 4, 'the graph handle');
        const loadTarget = loadTargets[target >>> 0];
        if (loadTarget === undefined) {
          throw new NnError('invalid_argument', `There is no execution target ${target >>> 0}.`);
        }
        const state = stateOf(caller);
        state.refuseDenied(encoding & 0xff);
        const parts = borrowBuilders(memory, builders, count >>> 0);
        memory.writeU32(out, state.load(parts, encoding & 0xff, loadTarget));
      },
      load_by_name(caller, name, nameLength, out) {
        const { memory } = caller;
        checkRange(memory, out, 4, 'the graph handle');
        checkTextRange(memory, name, nameLength, 'a name');
        memory.writeU32(out, stateOf(caller).loadByName(memory.readString(name, nameLength), undefined));
      },
      load_by_name_with_config(caller, name, nameLength, config, configLength, out) {
        const { memory } = caller;
        checkRange(memory, out, 4, 'the graph handle');
        checkTextRange(memory, name, nameLength, 'a name');
        checkTextRange(memory, config, configLength, 'a configuration');
        const text = configLength === 0 ? undefined : memory.readString(config, configLength);
        if (text !== undefined) checkConfigText(text);
        memory.writeU32(out, stateOf(caller).loadByName(memory.readString(name, nameLength), text));
      },
      init_execution_context(caller, graph, out) {
        const { memory } = caller;
        checkRange(memory, out, 4, 'the context handle');
        memory.writeU32(out, stateOf(caller).createContext(graph));
      },
      set_input(caller, context, index, record) {
        const state = stateOf(caller);
        const takesBytes = () => state.context(context).takesBytes === true;
        borrowTensor(caller.memory, record, { numbering, takesBytes }, (tensor) =>
          state.setInput(context, index >>> 0, tensor),
        );
      },
      compute: (caller, context) => stateOf(caller).compute(context),
      get_output: (caller, id, index, buffer, size, written) =>
        give(caller.memory, buffer, size, written, () => {
          const context = stateOf(caller).context(id);
          return { context, output: context.output(index >>> 0) };
        }),
      get_output_single: (caller, id, index, buffer, size, written) =>
        give(caller.memory, buffer, size, written, () => {
          const state = stateOf(caller);
          return { context: state.context(id), output: state.pieces(id).output(index >>> 0) };
        }),
      compute_single: (caller, context) => stateOf(caller).computePiece(context),
      fini_single: (caller, context) => stateOf(caller).finishPieces(context),
      unload: (caller, graph) => stateOf(caller).unload(graph),
      finalize_execution_context: (caller, context) => stateOf(caller).finalizeContext(context),
    },
    // A guest without memory is stopped, whatever it asks.
    { errno: { errnoOf: (error) => errnoOf(logger, error), errnoName, needsMemory: true } },
  );
  return hostModule(nnModuleName, functions);
}

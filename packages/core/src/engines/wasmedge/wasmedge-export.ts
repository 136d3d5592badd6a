import {
  mismatchExpression,
  refuseArgument,
  refuseArgumentCount,
} from '../../host-module/check-arguments.js';
import { formatSignature, type Signature } from '../../host-module/signature.js';
import type { Library } from '../../native/library.js';
import type { NativeArea } from '../../native/native-area.js';
import type { Pointer } from '../../native/native-functions.js';
import { readValueSource, writeValueSource } from '../../native/value-access.js';
import { createValueSlots } from '../../native/value-slots.js';
import type { CallState } from '../call-state.js';
import type { ExportedFunction } from '../engine.js';
import type { CallGuard } from './call-guard.js';
import type { EngineState } from './engine-state.js';
import type { InstanceLife } from './instance-life.js';
import type { ReferenceTable } from './reference-table.js';

/** What every exported function of one runtime needs. */
export interface ExportContext {
  readonly library: Library;
  readonly executor: Pointer;
  readonly state: EngineState;
  readonly guard: CallGuard;
  readonly references: ReferenceTable;
}

type Factory = (
  context: ExportContext,
  invoke: Library['c']['ExecutorInvoke'],
  calls: CallState,
  pointer: Pointer,
  life: InstanceLife,
  refuse: (index: number, value: unknown) => never,
  refuseCount: (count: number) => never,
  fail: (code: number) => never,
) => ExportedFunction;

// ExecutorInvoke copies parameters when it begins and writes results when it ends, so one area for each signature serves all calls of a
// thread, nested ones too.
const factories = new Map<string, Factory>();

/** An exported function with its checks. */
export function wrapWasmEdgeExport(
  name: string,
  signature: Signature,
  pointer: Pointer,
  life: InstanceLife,
  context: ExportContext,
  label: string,
): ExportedFunction {
  const key = `${context.library.path} ${formatSignature(signature)}`;
  let factory = factories.get(key);
  if (factory === undefined) {
    factory = generate(signature, context.library);
    factories.set(key, factory);
  }
  return factory(
    context,
    context.library.c.ExecutorInvoke,
    context.state.calls,
    pointer,
    life,
    (index, value) => refuseArgument(name, signature.params, index, value),
    (count) => refuseArgumentCount(name, signature.params, count),
    (code) => context.guard.fail(code, label),
  );
}

function generate({ params, results }: Signature, library: Library): Factory {
  const input = createValueSlots(params, library.valueTypes);
  const output = createValueSlots(results, library.valueTypes);
  const names = params.map((_, index) => `a${index}`);
  const checks = params.map((type, index) => {
    const mismatch = mismatchExpression(type, `a${index}`);
    return mismatch === undefined ? '' : `if (${mismatch}) refuse(${index}, a${index});`;
  });
  const writes = params.map((type, index) => writeValueSource(type, 'input', '0', index, `a${index}`));
  const reads = results.map((type, index) => readValueSource(type, 'output', '0', index));
  const outcome = reads.length > 1 ? `[${reads.join(', ')}]` : (reads[0] ?? '');
  const factory = new Function(
    ...['input', 'output', 'context', 'invoke', 'calls', 'pointer', 'life', 'refuse', 'refuseCount', 'fail'],
    `'use strict';
    const { executor, state, guard, references } = context;
    return function (${names.join(', ')}) {
      if (life.disposed) life.refuseWhenDisposed();
      if (arguments.length !== ${params.length}) refuseCount(arguments.length);
      ${checks.join('\n      ')}
      ${writes.join('\n      ')}
      if (calls.depth++ === 0) guard.begin();
      try {
        const code = invoke(executor, pointer, ${input.address}, ${params.length}, ${output.address}, ${results.length});
        state.epoch++;
        if (code !== 0) fail(code);
        return ${outcome};
      } finally {
        if (--calls.depth === 0) guard.end();
      }
    };`,
  ) as unknown as (input: NativeArea, output: NativeArea, ...rest: Parameters<Factory>) => ExportedFunction;
  return (...rest) => factory(input, output, ...rest);
}

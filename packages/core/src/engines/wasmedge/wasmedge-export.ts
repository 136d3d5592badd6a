import { shownName } from '../../errors/printable.js';
import { UnsupportedByEngineError } from '../../errors/runtime-errors.js';
import type { Library } from '../../native/library.js';
import type { Pointer } from '../../native/native-functions.js';
import { readValueSource, writeKnownTypeSource, writeValueSource } from '../../native/value-access.js';
import { maxValues, type ValueRows, valueRows } from '../../native/value-rows.js';
import { mismatchExpression, refuseArgument, refuseArgumentCount } from '../../values/check-arguments.js';
import type { Signature } from '../../values/signature.js';
import type { CallState } from '../call-state.js';
import type { ExportedFunction } from '../engine.js';
import { FactoryCache } from '../factory-cache.js';
import type { FunctionReach } from '../function-reach.js';
import { refuseLowStack } from '../stack-probe.js';
import { runCompiled } from './aot/run-compiled.js';
import type { ExportContext, GuestFunction } from './export-context.js';
import type { InstanceLife } from './instance-life.js';
import { wrapWideWasmEdgeExport } from './wide-wasmedge-export.js';

type Factory = (
  rows: ValueRows,
  context: ExportContext,
  invoke: Library['c']['ExecutorInvoke'],
  calls: CallState,
  pointer: Pointer,
  firstLife: InstanceLife,
  reach: FunctionReach<InstanceLife>,
  refuse: (index: number, value: unknown) => never,
  refuseCount: (count: number) => never,
  refuseLowStack: () => void,
  fail: (code: number) => never,
) => ExportedFunction;

const factories = new FactoryCache<Factory>();

/** An exported function with its checks. */
export function wrapWasmEdgeExport(target: GuestFunction, context: ExportContext): ExportedFunction {
  const call = wrapWithChecks(target, context) as (...args: unknown[]) => unknown;
  const { life, label } = target;
  return life.mayRunCompiled
    ? (...args: unknown[]) => runCompiled(context.library, label, () => call(...args))
    : call;
}

function wrapWithChecks(target: GuestFunction, context: ExportContext): ExportedFunction {
  const { name, signature, pointer, life, reach, label } = target;
  const { params, results } = signature;
  if (params.length > maxValues || results.length > maxValues) {
    return () => {
      throw new UnsupportedByEngineError(
        `The export "${shownName(name)}" of the guest ${label} has ${params.length} parameters and ${results.length} results; at most ${maxValues} of each are accepted.`,
      );
    };
  }
  if (!life.code.isWorthwhile(signature)) {
    return wrapWideWasmEdgeExport(target, context);
  }
  const { library } = context;
  const factory = factories.get(signature, () => generate(signature, library), `${library.path} `);
  return factory(
    valueRows(),
    context,
    library.c.ExecutorInvoke,
    context.state.calls,
    pointer,
    life,
    reach,
    (index, value) => refuseArgument(name, params, index, value),
    (count) => refuseArgumentCount(name, signature, count),
    refuseLowStack,
    (code) => context.guard.fail(code, label),
  );
}

function generate({ params, results }: Signature, library: Library): Factory {
  const { input, output } = valueRows();
  const names = params.map((_, index) => `a${index}`);
  const checks = params.map((type, index) => {
    const mismatch = mismatchExpression(type, `a${index}`);
    return mismatch === undefined ? '' : `if (${mismatch}) refuse(${index}, a${index});`;
  });
  const writes = params.map(
    (type, index) =>
      `${writeKnownTypeSource(type, 'input', index, library.valueTypes)} ${writeValueSource(type, 'input', '0', index, `a${index}`)}`,
  );
  const reads = results.map((type, index) => readValueSource(type, 'output', '0', index));
  const outcome = reads.length > 1 ? `[${reads.join(', ')}]` : (reads[0] ?? '');
  return new Function(
    ...[
      'rows',
      'context',
      'invoke',
      'calls',
      'pointer',
      'firstLife',
      'reach',
      'refuse',
      'refuseCount',
      'refuseLowStack',
      'fail',
    ],
    `'use strict';
    const { input, output } = rows;
    const { executor, state, guard, references } = context;
    let life = firstLife;
    return function (${names.join(', ')}) {
      if (life.disposed) life = reach.living();
      if (arguments.length !== ${params.length}) refuseCount(arguments.length);
      ${checks.join('\n      ')}
      if (calls.depth > 0) refuseLowStack();
      ${writes.join('\n      ')}
      if (calls.depth === 0) guard.begin();
      calls.depth++;
      try {
        const code = invoke(executor, pointer, ${input.address}, ${params.length}, ${output.address}, ${results.length});
        state.epoch++;
        if (code !== 0 || calls.isLate()) fail(code);
        return ${outcome};
      } finally {
        if (--calls.depth === 0) guard.end();
      }
    };`,
  ) as unknown as Factory;
}

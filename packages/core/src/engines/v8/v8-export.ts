import { shownName } from '../../errors/printable.js';
import { UnsupportedByEngineError } from '../../errors/runtime-errors.js';
import { mismatchExpression, refuseArgument, refuseArgumentCount } from '../../values/check-arguments.js';
import type { Signature } from '../../values/signature.js';
import { type CallState, refuseDisposed } from '../call-state.js';
import type { ExportedFunction } from '../engine.js';
import { FactoryCache } from '../factory-cache.js';
import { needStack } from '../stack-probe.js';
import { throwCaughtHostError, translateV8Error } from './v8-error.js';
import type { V8ExportContext } from './v8-export-context.js';
import type { V8Life } from './v8-life.js';
import { convertResultSource, convertSource } from './v8-references.js';
import { wrapWideV8Export } from './wide-v8-export.js';

type Factory = (
  raw: ExportedFunction,
  state: CallState,
  life: V8Life,
  refuse: (index: number, value: unknown) => never,
  refuseCount: (count: number) => never,
  refuseUse: () => never,
  translate: (error: unknown) => unknown,
  throwCaught: (state: CallState) => void,
  needStack: (never: 0) => void,
  toRaw: (value: unknown) => unknown,
  toWrapped: (value: unknown) => unknown,
) => ExportedFunction;

const factories = new FactoryCache<Factory>();

/** An exported function with its checks. */
export function wrapV8Export(
  name: string,
  signature: Signature | undefined,
  raw: ExportedFunction,
  context: V8ExportContext,
): ExportedFunction {
  const { label, references } = context;
  if (signature === undefined || [...signature.params, ...signature.results].includes('v128')) {
    return () => {
      throw new UnsupportedByEngineError(
        signature === undefined
          ? `The export "${shownName(name)}" of the guest ${label} has a type that JavaScript cannot pass; let the guest export a function of numbers, funcref or externref.`
          : `The export "${shownName(name)}" of the guest ${label} has a v128, which JavaScript cannot pass on engine v8; use engine: 'wasmedge'.`,
      );
    };
  }
  const wrapper = context.life.code.isWorthwhile(signature)
    ? wrapByGeneratedCode(name, signature, raw, context)
    : wrapWideV8Export(name, signature, raw, context);
  references.remember(raw, wrapper);
  return wrapper;
}

function wrapByGeneratedCode(
  name: string,
  signature: Signature,
  raw: ExportedFunction,
  { state, references, life, label }: V8ExportContext,
): ExportedFunction {
  return factories.get(signature, () => generate(signature))(
    raw,
    state,
    life,
    (index, value) => refuseArgument(name, signature.params, index, value),
    (count) => refuseArgumentCount(name, signature.params, count),
    () => refuseDisposed(`The instance of the guest ${label}`),
    (error) => translateV8Error(error, state, label),
    throwCaughtHostError,
    needStack,
    references.toRaw,
    references.toWrapped,
  );
}

function generate({ params, results }: Signature): Factory {
  const names = params.map((_, index) => `a${index}`);
  const values = params.map((type, index) => convertSource(type, `a${index}`, 'toRaw')).join(', ');
  const checks = params.map((type, index) => {
    const mismatch = mismatchExpression(type, `a${index}`);
    return mismatch === undefined ? '' : `if (${mismatch}) refuse(${index}, a${index});`;
  });
  return new Function(
    ...[
      'raw',
      'state',
      'life',
      'refuse',
      'refuseCount',
      'refuseUse',
      'translate',
      'throwCaught',
      'needStack',
      'toRaw',
      'toWrapped',
    ],
    `'use strict';
    return function (${names.join(', ')}) {
      if (life.disposed) refuseUse();
      if (arguments.length !== ${params.length}) refuseCount(arguments.length);
      ${checks.join('\n      ')}
      state.depth++;
      try {
        if (state.depth > 1) needStack(0);
        const result = raw(${values});
        if (state.hostError !== undefined) throwCaught(state);
        return ${convertResultSource(results, 'result', 'toWrapped')};
      } catch (error) {
        throw translate(error);
      } finally {
        state.hostError = undefined;
        if (--state.depth === 0 && state.waiting) state.becomeIdle();
      }
    };`,
  ) as unknown as Factory;
}

import { shownName } from '../../errors/printable.js';
import { UnsupportedByEngineError } from '../../errors/runtime-errors.js';
import { mismatchExpression, refuseArgument, refuseArgumentCount } from '../../values/check-arguments.js';
import type { Signature } from '../../values/signature.js';
import { refuseDisposed } from '../call-state.js';
import type { ExportedFunction } from '../engine.js';
import { FactoryCache } from '../factory-cache.js';
import { needStack } from '../stack-probe.js';
import { throwCaughtHostError, translateV8Error } from './v8-error.js';
import type { V8ExportContext } from './v8-export-context.js';
import { convertResultSource, convertSource } from './v8-references.js';
import { wrapWideV8Export } from './wide-v8-export.js';

type Factory = (
  raw: ExportedFunction,
  name: string,
  signature: Signature,
  context: V8ExportContext,
) => ExportedFunction;

/** What generated code calls besides the guest. */
const helpers = {
  refuseArgument,
  refuseArgumentCount,
  throwCaughtHostError,
  needStack,
  refuseUse: (label: string): never => refuseDisposed(`The instance of the guest ${label}`),
  translate: translateV8Error,
};

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
    ? factories.get(signature, () => generate(signature))(raw, name, signature, context)
    : wrapWideV8Export(name, signature, raw, context);
  references.remember(raw, wrapper);
  return wrapper;
}

function generate({ params, results }: Signature): Factory {
  const names = params.map((_, index) => `a${index}`);
  const values = params.map((type, index) => convertSource(type, `a${index}`, 'toRaw')).join(', ');
  const checks = params.map((type, index) => {
    const mismatch = mismatchExpression(type, `a${index}`);
    return mismatch === undefined
      ? ''
      : `if (${mismatch}) refuseArgument(name, params, ${index}, a${index});`;
  });
  return new Function(
    'helpers',
    `'use strict';
    const { refuseArgument, refuseArgumentCount, throwCaughtHostError, needStack, refuseUse, translate } = helpers;
    return function (raw, name, signature, context) {
      const { params } = signature;
      const { state, life, label } = context;
      const { toRaw, toWrapped } = context.references;
      return function (${names.join(', ')}) {
        if (life.disposed) refuseUse(label);
        if (arguments.length !== ${params.length}) refuseArgumentCount(name, signature, arguments.length);
        ${checks.join('\n        ')}
        state.depth++;
        try {
          if (state.depth > 1) needStack(0);
          const result = raw(${values});
          if (state.hostError !== undefined) throwCaughtHostError(state);
          return ${convertResultSource(results, 'result', 'toWrapped')};
        } catch (error) {
          throw translate(error, state, label);
        } finally {
          state.hostError = undefined;
          if (--state.depth === 0 && state.waiting) state.becomeIdle();
        }
      };
    };`,
  )(helpers) as Factory;
}

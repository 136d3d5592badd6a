import { shownName } from '../../errors/printable.js';
import { UnsupportedByEngineError } from '../../errors/runtime-errors.js';
import { mismatchExpression, refuseArgument, refuseArgumentCount } from '../../values/check-arguments.js';
import type { Signature } from '../../values/signature.js';
import type { ExportedFunction } from '../engine.js';
import { FactoryCache } from '../factory-cache.js';
import { FunctionReach } from '../function-reach.js';
import { needStack } from '../stack-probe.js';
import { throwCaughtHostError, translateV8Error } from './v8-error.js';
import type { V8ExportContext } from './v8-export-context.js';
import type { HostImport } from './v8-host-exports.js';
import type { V8Life } from './v8-life.js';
import { convertResultSource, convertSource } from './v8-references.js';
import { wrapWideV8Export } from './wide-v8-export.js';

type Factory = (
  raw: ExportedFunction,
  name: string,
  signature: Signature,
  context: V8ExportContext,
  reach: FunctionReach<V8Life>,
) => ExportedFunction;

/** What generated code calls besides the guest. */
const helpers = {
  refuseArgument,
  refuseArgumentCount,
  throwCaughtHostError,
  needStack,
  translate: translateV8Error,
};

const factories = new FactoryCache<Factory>();

/** An exported function with its checks: the same one, whoever exports it under whatever name. */
export function wrapV8Export(
  name: string,
  signature: Signature | undefined,
  raw: ExportedFunction,
  context: V8ExportContext,
): ExportedFunction {
  const { life, label, references } = context;
  const known = references.wrapperOf(raw, life);
  if (known !== undefined) return known;
  const reach = new FunctionReach(life, label);
  const wrapper = wrap(name, signature, raw, context, reach);
  references.remember({ raw, wrapper, reach });
  return wrapper;
}

/** A host function that a guest exports as it is. V8 has one for each guest that does. */
export function wrapV8HostExport(
  name: string,
  signature: Signature,
  raw: ExportedFunction,
  host: HostImport,
  context: V8ExportContext,
): ExportedFunction {
  const { life, label, references, hostExports } = context;
  let known = hostExports.known(host.function);
  if (known === undefined) {
    const own = hostExports.make(host);
    const reach = new FunctionReach(life, label);
    known = { raw: own, wrapper: wrap(name, signature, own, context, reach), reach };
    hostExports.remember(host.function, known);
    references.remember(known);
  }
  references.rememberTwin(raw, known);
  known.reach.add(life);
  return known.wrapper;
}

function wrap(
  name: string,
  signature: Signature | undefined,
  raw: ExportedFunction,
  context: V8ExportContext,
  reach: FunctionReach<V8Life>,
): ExportedFunction {
  const { label } = context;
  if (signature === undefined || [...signature.params, ...signature.results].includes('v128')) {
    return () => {
      throw new UnsupportedByEngineError(
        signature === undefined
          ? `The export "${shownName(name)}" of the guest ${label} has a type that JavaScript cannot pass; let the guest export a function of numbers, funcref or externref.`
          : `The export "${shownName(name)}" of the guest ${label} has a v128, which JavaScript cannot pass on engine v8; use engine: 'wasmedge'.`,
      );
    };
  }
  return context.life.code.isWorthwhile(signature)
    ? factories.get(signature, () => generate(signature))(raw, name, signature, context, reach)
    : wrapWideV8Export(name, signature, raw, context, reach);
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
    const { refuseArgument, refuseArgumentCount, throwCaughtHostError, needStack, translate } = helpers;
    return function (raw, name, signature, context, reach) {
      const { params } = signature;
      const { state, label, references } = context;
      const { toRaw } = references;
      let { life } = context;
      ${results.includes('funcref') ? 'const toWrapped = (value) => references.toWrapped(value, life);' : ''}
      return function (${names.join(', ')}) {
        if (life.disposed) life = reach.living();
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

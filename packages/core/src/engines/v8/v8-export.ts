import { UnsupportedByEngineError } from '../../errors/unsupported-by-engine-error.js';
import {
  mismatchExpression,
  refuseArgument,
  refuseArgumentCount,
} from '../../host-module/check-arguments.js';
import { formatSignature, type Signature } from '../../host-module/signature.js';
import { type CallState, refuseDisposed } from '../call-state.js';
import type { ExportedFunction } from '../engine.js';
import { throwCaughtHostError, translateV8Error } from './v8-error.js';
import { convertResultSource, convertSource, type V8References } from './v8-references.js';

type Factory = (
  raw: ExportedFunction,
  state: CallState,
  life: { disposed: boolean },
  refuse: (index: number, value: unknown) => never,
  refuseCount: (count: number) => never,
  refuseUse: () => never,
  translate: (error: unknown) => unknown,
  throwCaught: (state: CallState) => void,
  toRaw: (value: unknown) => unknown,
  toWrapped: (value: unknown) => unknown,
) => ExportedFunction;

const factories = new Map<string, Factory>();

/** An exported function with its checks. `life` ends with the instance. */
export function wrapV8Export(
  name: string,
  signature: Signature | undefined,
  raw: ExportedFunction,
  state: CallState,
  references: V8References,
  life: { disposed: boolean },
  label: string,
): ExportedFunction {
  if (signature === undefined || [...signature.params, ...signature.results].includes('v128')) {
    return () => {
      throw new UnsupportedByEngineError(
        `The export "${name}" of the guest ${label} has a type that JavaScript cannot pass on engine v8; use engine: 'wasmedge' for v128.`,
      );
    };
  }
  const wrapper = factoryFor(signature)(
    raw,
    state,
    life,
    (index, value) => refuseArgument(name, signature.params, index, value),
    (count) => refuseArgumentCount(name, signature.params, count),
    () => refuseDisposed(`The instance of the guest ${label}`),
    (error) => translateV8Error(error, state, label),
    throwCaughtHostError,
    references.toRaw,
    references.toWrapped,
  );
  references.remember(raw, wrapper);
  return wrapper;
}

function factoryFor(signature: Signature): Factory {
  const key = formatSignature(signature);
  let factory = factories.get(key);
  if (factory === undefined) {
    factory = generate(signature);
    factories.set(key, factory);
  }
  return factory;
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
        const result = raw(${values});
        if (state.hostError !== undefined) throwCaught(state);
        return ${convertResultSource(results, 'result', 'toWrapped')};
      } catch (error) {
        throw translate(error);
      } finally {
        if (--state.depth === 0 && state.waiting) state.becomeIdle();
      }
    };`,
  ) as unknown as Factory;
}

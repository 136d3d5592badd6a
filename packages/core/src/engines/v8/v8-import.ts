import { threadControl } from '../../control/thread-control.js';
import { recordSource, threadRecord } from '../../control/thread-record.js';
import { UnsupportedByEngineError } from '../../errors/runtime-errors.js';
import type { HostFunction } from '../../host-module/host-module.js';
import { refuseResult, resultCheckSource } from '../../values/check-result.js';
import type { Signature } from '../../values/signature.js';
import { refuseAborted } from '../call-signal.js';
import type { CallState } from '../call-state.js';
import { FactoryCache } from '../factory-cache.js';
import { hostFunctionProbe } from '../stack-probe.js';
import type { V8Caller } from './v8-caller.js';
import { throwCaughtHostError } from './v8-error.js';
import { convertResultSource, convertSource, type V8References } from './v8-references.js';

type Factory = (
  name: string,
  target: HostFunction,
  caller: V8Caller,
  state: CallState,
  references: V8References,
  at: number,
) => (...args: unknown[]) => unknown;

const factories = new FactoryCache<Factory>();
/** What {@link factories} has for host functions: guests import the same ones again and again. */
const known = new WeakMap<HostFunction, Factory>();

/** A host function as V8 imports it for one instance. */
export function wrapV8Import(
  module: string,
  name: string,
  target: HostFunction,
  caller: V8Caller,
  state: CallState,
  references: V8References,
) {
  let factory = known.get(target);
  if (factory === undefined) {
    factory = factoryFor(name, target);
    known.set(target, factory);
  }
  const at = threadRecord()?.placeOf(`${module}.${name}`) ?? 0;
  return factory(name, target, caller, state, references, at);
}

function factoryFor(name: string, target: HostFunction): Factory {
  if ([...target.params, ...target.results].includes('v128')) {
    throw new UnsupportedByEngineError(
      `The host function "${name}" uses v128, which JavaScript cannot pass on engine v8; use engine: 'wasmedge'.`,
    );
  }
  return factories.get(shapeOf(target), () => generate(target));
}

/** Parameters that need no conversion have one code. */
function shapeOf({ params, results }: HostFunction): Signature {
  return { params: params.map((type) => (type === 'funcref' ? type : 'externref')), results };
}

// The engine cannot stop a guest, so what another thread wants ended ends when it next returns from the host.
// The stack is looked at outside of `try`: what that throws is the guest's own trap, and no error of the host.
function generate(target: HostFunction): Factory {
  const names = target.params.map((_, index) => `a${index}`);
  const values = target.params.map((type, index) => convertSource(type, `a${index}`, 'toWrapped'));
  const control = threadControl();
  const record = recordSource();
  return new Function(
    ...['needStack', 'refuseResult', 'throwCaught', 'refuseAborted', 'control', 'record'],
    `'use strict';
    return function (name, target, caller, state, references, at) {
      const { toRaw } = references;
      const { life } = caller;
      ${target.params.includes('funcref') ? 'const toWrapped = (value) => references.toWrapped(value, life);' : ''}
      const refuse = (value, index) => refuseResult(name, target, value, index);
      return function (${names.join(', ')}) {
        needStack(0);
        ${record.begin}
        try {
          if (state.hostError !== undefined) throwCaught(state);
          const result = target.call(${['caller', ...values].join(', ')});
          ${control === undefined ? '' : 'control.refuseStopped();'}
          ${resultCheckSource(target)}
          if (state.signals !== undefined) refuseAborted(state);
          ${record.end}
          return ${convertResultSource(target.results, 'result', 'toRaw')};
        } catch (error) {
          ${record.end}
          state.hostError = { error };
          throw error;
        }
      };
    };`,
  )(
    hostFunctionProbe(target.params.length),
    refuseResult,
    throwCaughtHostError,
    refuseAborted,
    control,
    threadRecord()?.words,
  ) as Factory;
}

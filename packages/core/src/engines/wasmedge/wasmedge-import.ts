import type { CallControl } from '../../control/call-control.js';
import { threadControl } from '../../control/thread-control.js';
import { recordSource, threadRecord } from '../../control/thread-record.js';
import type { HostFunction } from '../../host-module/host-module.js';
import { type MemoryWindow, windowAt, windowReach } from '../../native/memory-window.js';
import type { HostHandler } from '../../native/trampoline.js';
import { readValueSource, writeTypeSource, writeValueSource } from '../../native/value-access.js';
import type { ValueTypeCodes } from '../../native/value-type-codes.js';
import { refuseResult, resultCheckSource } from '../../values/check-result.js';
import { refuseAborted } from '../call-signal.js';
import type { CallState } from '../call-state.js';
import { FactoryCache } from '../factory-cache.js';
import { refuseLateCall } from './call-guard.js';
import type { EngineState } from './engine-state.js';
import type { ReferenceTable } from './reference-table.js';
import type { WasmEdgeCaller } from './wasmedge-caller.js';

// A result code of the user's category: WasmEdge stops the guest and hands it to the outer call, which throws what was kept.
const hostFailure = 0x0100_0001;

type Factory = (
  target: HostFunction,
  caller: WasmEdgeCaller,
  state: EngineState,
  references: ReferenceTable,
  codes: ValueTypeCodes,
  refuse: (value: unknown, index?: number) => never,
  windowAt: (address: number) => MemoryWindow,
  refuseLateCall: (calls: CallState) => void,
  refuseAborted: (calls: CallState) => void,
  control: CallControl | undefined,
  record: Int32Array | undefined,
  at: number,
) => HostHandler;

const factories = new FactoryCache<Factory>();

/** A host function as the trampoline calls it. It never throws, since C would take that for success. */
export function wrapWasmEdgeImport(
  module: string,
  name: string,
  target: HostFunction,
  caller: WasmEdgeCaller,
  state: EngineState,
  references: ReferenceTable,
  codes: ValueTypeCodes,
): HostHandler {
  const factory = factories.get(target, () => generate(target));
  const refuse = (value: unknown, index?: number) => refuseResult(name, target, value, index);
  const control = threadControl();
  const record = threadRecord();
  return factory(
    target,
    caller,
    state,
    references,
    codes,
    refuse,
    windowAt,
    refuseLateCall,
    refuseAborted,
    control,
    record?.words,
    record?.placeOf(`${module}.${name}`) ?? 0,
  );
}

function generate(target: HostFunction): Factory {
  const { params, results } = target;
  const values = params.map((type, index) => readValueSource(type, 'input', 'inputByte', index));
  const read = `if (params < input.base || params >= input.base + ${windowReach}) input = windowAt(params);
        const inputByte = params - input.base;`;
  const record = recordSource();
  const write = `if (returns < output.base || returns >= output.base + ${windowReach}) output = windowAt(returns);
        const outputByte = returns - output.base;
        ${results
          .map((type, index) => {
            const value = results.length === 1 ? 'result' : `result[${index}]`;
            return `${writeTypeSource(type, 'output', 'outputByte', index)} ${writeValueSource(type, 'output', 'outputByte', index, value)}`;
          })
          .join(' ')}`;
  return new Function(
    ...[
      'target',
      'caller',
      'state',
      'references',
      'codes',
      'refuse',
      'windowAt',
      'refuseLateCall',
      'refuseAborted',
      'control',
      'record',
      'at',
    ],
    `'use strict';
    const nowhere = { base: -${2 * windowReach} };
    let input = nowhere;
    let output = nowhere;
    const { calls } = state;
    return function (frame, params, returns) {
      const outer = caller.frame;
      caller.frame = frame;
      caller.module = -1;
      state.epoch++;
      ${record.begin}
      try {
        if (calls.deadline !== Infinity) refuseLateCall(calls);
        ${params.length > 0 ? read : ''}
        ${params.includes('funcref') ? 'const life = caller.life;' : ''}
        const result = target.call(${['caller', ...values].join(', ')});
        ${threadControl() === undefined ? '' : 'control.refuseStopped();'}
        ${resultCheckSource(target)}
        if (calls.deadline !== Infinity) refuseLateCall(calls);
        if (calls.signals !== undefined) refuseAborted(calls);
        ${results.length > 0 ? write : ''}
        return 0;
      } catch (error) {
        calls.hostError = { error };
        return ${hostFailure};
      } finally {
        ${record.end}
        caller.frame = outer;
        caller.module = -1;
      }
    };`,
  ) as unknown as Factory;
}

import type { NativeArea } from '../../native/native-area.js';
import { readValueSource, writeTypeSource, writeValueSource } from '../../native/value-access.js';
import { valueRows } from '../../native/value-rows.js';
import { valueSize } from '../../native/value-slots.js';
import type { ValueTypeCodes } from '../../native/value-type-codes.js';
import { fitsType, refuseArgument, refuseArgumentCount } from '../../values/check-arguments.js';
import type { ValueType } from '../../values/value-types.js';
import type { ExportedFunction } from '../engine.js';
import { refuseLowStack } from '../stack-probe.js';
import type { ExportContext, GuestFunction } from './export-context.js';
import type { InstanceLife } from './instance-life.js';
import type { ReferenceTable } from './reference-table.js';

interface ValueAccess {
  read(row: NativeArea, byte: number, references: ReferenceTable, life: InstanceLife): unknown;
  write(
    row: NativeArea,
    byte: number,
    value: unknown,
    references: ReferenceTable,
    codes: ValueTypeCodes,
  ): void;
}

const accesses = new Map<ValueType, ValueAccess>();

/** {@link wrapWasmEdgeExport} without code of its own: slower to call, and of a size that does not grow with the signature. */
export function wrapWideWasmEdgeExport(target: GuestFunction, context: ExportContext): ExportedFunction {
  const { name, pointer, reach, label } = target;
  const { params, results } = target.signature;
  const { library, executor, state, guard, references } = context;
  const { calls } = state;
  const { input, output } = valueRows();
  return (...args: unknown[]): unknown => {
    const life = reach.living();
    if (args.length !== params.length) {
      refuseArgumentCount(name, target.signature, args.length);
    }
    const wrong = params.findIndex((type, index) => !fitsType(type, args[index]));
    if (wrong !== -1) {
      refuseArgument(name, params, wrong, args[wrong]);
    }
    if (calls.depth > 0) {
      refuseLowStack();
    }
    params.forEach((type, index) => {
      accessTo(type).write(input, index * valueSize, args[index], references, library.valueTypes);
    });
    if (calls.depth === 0) {
      guard.begin();
    }
    calls.depth++;
    try {
      const code = library.c.ExecutorInvoke(
        executor,
        pointer,
        input.address,
        params.length,
        output.address,
        results.length,
      );
      state.epoch++;
      if (code !== 0 || calls.isLate()) {
        guard.fail(code, label);
      }
      const values = results.map((type, index) =>
        accessTo(type).read(output, index * valueSize, references, life),
      );
      return values.length > 1 ? values : values[0];
    } finally {
      if (--calls.depth === 0) {
        guard.end();
      }
    }
  };
}

function accessTo(type: ValueType): ValueAccess {
  let access = accesses.get(type);
  if (access === undefined) {
    access = {
      read: new Function(
        'row',
        'byte',
        'references',
        'life',
        `return ${readValueSource(type, 'row', 'byte', 0)};`,
      ),
      write: new Function(
        ...['row', 'byte', 'value', 'references', 'codes'],
        `${writeTypeSource(type, 'row', 'byte', 0)} ${writeValueSource(type, 'row', 'byte', 0, 'value')}`,
      ),
    } as ValueAccess;
    accesses.set(type, access);
  }
  return access;
}

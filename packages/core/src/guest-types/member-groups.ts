import { shownName } from '../errors/printable.js';
import type { ExternalType } from '../module-types/external-types.js';
import type { ModuleTypes } from '../module-types/module-types.js';
import type { Signature } from '../values/signature.js';
import { importsByModule } from './guest-needs.js';
import type { NamesOfModule, ParameterNames } from './parameter-names.js';

/** A function that JavaScript can call or provide. */
export interface NamedFunction {
  readonly name: string;
  readonly signature: Signature;
  readonly names: ParameterNames | undefined;
}

/** What a module exports, or imports from one other: its functions, and the rest in words. */
export interface MemberGroup {
  readonly functions: readonly NamedFunction[];
  /** A line for each of the others. */
  readonly others: readonly string[];
}

type Entry = { readonly name: string; readonly type: ExternalType };

/** What a module exports. */
export function exportedGroup({ exports }: ModuleTypes, names: NamesOfModule): MemberGroup {
  return group(
    exports,
    exports.map((_, index) => index),
    names.exports,
  );
}

/** What a module imports, by the module that it imports it from. */
export function importedGroups(
  { imports }: ModuleTypes,
  names: NamesOfModule,
): ReadonlyMap<string, MemberGroup> {
  return new Map(
    [...importsByModule(imports)].map(([module, indices]) => [
      module,
      group(imports, indices, names.imports),
    ]),
  );
}

/** Several imports may have one name: the first has the member. */
function group(
  entries: readonly Entry[],
  indices: readonly number[],
  names: readonly (ParameterNames | undefined)[],
): MemberGroup {
  const functions = new Map<string, NamedFunction>();
  const others = new Set<string>();
  for (const index of indices) {
    const { name, type } = entries[index] as Entry;
    const signature = type.kind === 'function' ? type.signature : undefined;
    if (signature === undefined) others.add(`\`${shownName(name)}\`: ${describeType(type)}`);
    else if (!functions.has(name)) functions.set(name, { name, signature, names: names[index] });
  }
  return { functions: [...functions.values()], others: [...others] };
}

/** What is not a function that JavaScript can call, in words. */
function describeType(type: ExternalType): string {
  switch (type.kind) {
    case 'function':
      return 'function of a type that JavaScript cannot pass';
    case 'memory':
      return `${type.shared ? 'shared ' : ''}memory${type.is64 ? ' with 64-bit addresses' : ''}, ${range(type, 'page', ' of 64 KiB')}`;
    case 'table':
      return `table of ${type.type ?? type.otherType ?? 'references'}, ${range(type, 'element')}`;
    case 'global':
      return `${type.mutable ? 'mutable' : 'constant'} global, ${type.type ?? type.otherType ?? 'of another type'}`;
    case 'tag':
      return 'tag of exceptions';
  }
}

function range(
  { minimum, maximum }: { minimum: number; maximum: number | undefined },
  unit: string,
  rest = '',
): string {
  const units = `${unit}${(maximum ?? minimum) === 1 ? '' : 's'}${rest}`;
  return maximum === undefined ? `at least ${minimum} ${units}` : `${minimum} to ${maximum} ${units}`;
}

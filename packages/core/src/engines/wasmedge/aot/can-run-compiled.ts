import type { ExternalType } from '../../../module-types/module-types.js';
import type { ImportPlan } from '../../engine.js';

/**
 * Whether a guest can be given no function of another guest as a reference. Compiled code that calls one which is compiled too runs it on
 * the memory and the globals of the caller, up to libwasmedge 0.17.1; calls of imports are right. So where a reference could arrive, the
 * guest is interpreted: by an import from a guest, by a table or global that others can write to, or as a parameter or result.
 */
export function canRunCompiled({ types, providers }: ImportPlan): boolean {
  return (
    providers.every(({ kind }) => kind !== 'guest') &&
    [...types.imports, ...types.exports].every(({ type }) => !takesFunctions(type))
  );
}

function takesFunctions(type: ExternalType): boolean {
  switch (type.kind) {
    case 'function': {
      const { signature } = type;
      return signature === undefined || [...signature.params, ...signature.results].includes('funcref');
    }
    case 'table':
    case 'global':
      // Only the types of JavaScript's interface have names here; others may be of functions.
      return type.type === undefined || type.type === 'funcref';
    default:
      return type.kind === 'tag';
  }
}

import { readModuleTypes, type Signature } from '@wasmedge-plugins/core';
import { guestNeeds } from '@wasmedge-plugins/core/guests';

/**
 * What `import … from './guest.wasm'` gets: JavaScript that has the guest's bytes in it, since no other way leads to them from ES modules
 * and CommonJS alike, in every bundler.
 *
 * @throws {InvalidGuestError} when the bytes are not a module.
 */
export function guestModule(bytes: Uint8Array): string {
  const types = readModuleTypes(bytes);
  const { otherModules } = guestNeeds(types);
  const imported = otherModules.map((module) => {
    return [module, signaturesOf(types.imports.filter((entry) => entry.module === module))] as const;
  });
  return `import { guestLoader } from '@wasmedge-plugins/core/guests';
export const signatures = ${asValue(signaturesOf(types.exports))};
export const importSignatures = ${asValue(Object.fromEntries(imported))};
export const guest = new Uint8Array(Buffer.from('${Buffer.from(bytes).toString('base64')}', 'base64'));
export const load = guestLoader(guest, signatures);
`;
}

type Entry = ReturnType<typeof readModuleTypes>['exports'][number];

/** Signatures of functions by name; the first where several imports have one name. */
function signaturesOf(entries: readonly Entry[]): Readonly<Record<string, Signature>> {
  const functions = new Map<string, Signature>();
  for (const { name, type } of entries) {
    if (type.kind !== 'function' || type.signature === undefined || functions.has(name)) continue;
    functions.set(name, type.signature);
  }
  return Object.fromEntries(functions);
}

/** An expression that makes a value again. In a literal, a member `__proto__` would be the prototype. */
function asValue(value: object): string {
  return `JSON.parse(${JSON.stringify(JSON.stringify(value))})`;
}

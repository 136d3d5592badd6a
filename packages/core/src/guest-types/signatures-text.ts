import type { BoundedText } from './bounded-text.js';
import { signatureProperty } from './function-text.js';
import type { GuestTypesForm } from './guest-types-form.js';
import type { MemberGroup } from './member-groups.js';
import { keyText } from './source-text.js';

/** Writes the signatures of what a guest exports. */
export function addSignatures(text: BoundedText, { functions }: MemberGroup, form: GuestTypesForm): void {
  text.add(
    '\n/** Signatures of the exports, for the option `exports` of `instantiate` and `createPool`. */\n',
  );
  const [begin, end] = literal('signatures', form);
  if (functions.length === 0) {
    text.add(`${begin}{}${end}`);
    return;
  }
  text.add(`${begin}{\n`);
  for (const each of functions) text.add(signatureProperty(each.name, each.signature, '  ', part(form)));
  text.add(`}${end}`);
}

/** Writes the signatures of what a guest imports from these modules. */
export function addImportSignatures(
  text: BoundedText,
  imported: ReadonlyMap<string, MemberGroup>,
  modules: readonly string[],
  form: GuestTypesForm,
): void {
  if (modules.length === 0) return;
  text.add(
    '\n/** Signatures of the imports that are yours to provide, for `implement` and `hostModule`. */\n',
  );
  const [begin, end] = literal('importSignatures', form);
  text.add(`${begin}{\n`);
  for (const module of modules) {
    const { functions } = imported.get(module) as MemberGroup;
    const key = form === 'module' && module === '__proto__' ? `['__proto__']` : keyText(module);
    text.add(`  ${form === 'module' ? '' : 'readonly '}${key}: {`);
    if (functions.length > 0) text.add('\n');
    for (const each of functions) text.add(signatureProperty(each.name, each.signature, '    ', part(form)));
    text.add(`${functions.length > 0 ? '  ' : ''}}${form === 'module' ? ',' : ';'}\n`);
  }
  text.add(`}${end}`);
}

function literal(name: string, form: GuestTypesForm): readonly [begin: string, end: string] {
  return form === 'module'
    ? [`export const ${name} = `, ' as const;\n']
    : [`export declare const ${name}: `, ';\n'];
}

function part(form: GuestTypesForm): 'value' | 'type' {
  return form === 'module' ? 'value' : 'type';
}

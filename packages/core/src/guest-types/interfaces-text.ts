import type { ModuleTypes } from '../module-types/module-types.js';
import type { BoundedText } from './bounded-text.js';
import { functionMember } from './function-text.js';
import type { MemberGroup } from './member-groups.js';
import { shapeMembers } from './shape-text.js';
import { commentText, keyText } from './source-text.js';

/** Writes what a guest exports. */
export function addExports(text: BoundedText, group: MemberGroup, types: ModuleTypes): void {
  text.add('\n/** The functions that the guest exports. */\n');
  addInterface(text, 'Exports', group);
  const others = group.others.map((line) => `- ${line}`);
  const about = [
    'What the guest exports, for the types of `load`.',
    ...(others.length > 0 ? ['Besides functions:', ...others] : []),
  ];
  text.add(`\n${commentText(about)}\nexport interface Guest {\n`);
  text.add('  readonly functions: Exports;\n');
  for (const member of shapeMembers(types)) text.add(member);
  text.add('}\n');
}

function addInterface(text: BoundedText, name: string, { functions }: MemberGroup): void {
  if (functions.length === 0) {
    text.add(`export type ${name} = Record<never, never>;\n`);
    return;
  }
  text.add(`export interface ${name} {\n`);
  for (const { name, signature, names } of functions) text.add(functionMember(name, signature, names, '  '));
  text.add('}\n');
}

/** Writes what a guest imports, by module. */
export function addImports(text: BoundedText, imported: ReadonlyMap<string, MemberGroup>): void {
  if (imported.size === 0) return;
  text.add(
    '\n/** What the guest imports, by module: what others must provide. */\nexport interface Imports {\n',
  );
  for (const [module, { functions, others }] of imported) {
    if (others.length > 0)
      text.add(`${commentText(['Besides functions:', ...others.map((line) => `- ${line}`)], '  ')}\n`);
    if (functions.length === 0) {
      text.add(`  readonly ${keyText(module)}: Record<never, never>;\n`);
      continue;
    }
    text.add(`  readonly ${keyText(module)}: {\n`);
    for (const { name, signature, names } of functions)
      text.add(functionMember(name, signature, names, '    '));
    text.add('  };\n');
  }
  text.add('}\n');
}

import type { ModuleTypes } from '../module-types/module-types.js';
import { keyText, quotedText, valueTypeText } from './source-text.js';

/** The members of the interface `Guest` besides the functions: memories, globals and tables by their names. */
export function* shapeMembers({ exports, memoryExport }: ModuleTypes): Generator<string> {
  yield* names(
    'memories',
    exports.flatMap(({ name, type }) => (type.kind === 'memory' ? name : [])),
  );
  if (memoryExport !== undefined) yield '  readonly hasMemory: true;\n';
  yield* globals(exports);
  yield* names(
    'tables',
    exports.flatMap(({ name, type }) => (type.kind === 'table' ? name : [])),
  );
}

function* names(member: string, found: readonly string[]): Generator<string> {
  const line = `  readonly ${member}: ${found.map(quotedText).join(' | ') || 'never'};\n`;
  if (line.length <= 101) {
    yield line;
    return;
  }
  yield `  readonly ${member}:\n`;
  for (const [index, name] of found.entries()) {
    yield `    | ${quotedText(name)}${index === found.length - 1 ? ';' : ''}\n`;
  }
}

function* globals(exports: ModuleTypes['exports']): Generator<string> {
  const found = exports.flatMap(({ name, type }) => (type.kind === 'global' ? [{ name, type }] : []));
  if (found.length === 0) {
    yield '  readonly globals: Record<never, never>;\n';
    return;
  }
  yield '  readonly globals: {\n';
  for (const { name, type } of found) {
    const value = type.type === undefined ? 'never' : valueTypeText(type.type);
    yield `    ${type.mutable ? '' : 'readonly '}${keyText(name)}: ${value};\n`;
  }
  yield '  };\n';
}

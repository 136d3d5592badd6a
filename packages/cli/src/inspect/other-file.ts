import { statSync } from 'node:fs';
import { knownPlugins } from '@wasmedge-plugins/core';
import { readGuest } from '@wasmedge-plugins/core/run';
import type { KindOfFile } from '../model/kind-of-file.js';
import { size } from '../output/size.js';
import { optionsFor } from './options-for.js';

/** A file that is not a native plug-in. */
export interface OtherFile {
  readonly path: string;
  readonly kind: 'guest' | 'component' | 'model';
  /** What it is, in words. */
  readonly title: string;
  readonly bytes: number;
  /** Modules that a guest imports, and the package that has each. */
  readonly imports?: readonly { readonly module: string; readonly package?: string | undefined }[];
  /** What a guest exports. */
  readonly exports?: readonly string[];
  /** Commands for it, by what they do. */
  readonly commands: Readonly<Record<string, string>>;
}

/**
 * Tells what a guest or a model is, and which command is for it.
 *
 * @throws {InvalidGuestError} for a guest that is damaged.
 */
export function otherFile(path: string, found: KindOfFile): OtherFile | undefined {
  if (found.kind === 'native' || found.kind === 'unknown') return undefined;
  const bytes = statSync(path).size;
  const command = (name: string) => `wasmedge-plugins ${name} ${path}`;
  if (found.kind === 'model') {
    const commands = { 'inputs and outputs': command('model'), 'TypeScript for it': command('model --ts') };
    return { path, kind: 'model', title: `a model of ${found.title}`, bytes, commands };
  }
  if (found.kind === 'component') {
    const title = 'a WebAssembly component, which neither engine runs; use the module that it was made of';
    return { path, kind: 'component', title, bytes, commands: {} };
  }
  const { imports, exports } = readGuest(path).types;
  const run = command(['run', ...optionsFor(imports.map(({ module }) => module))].join(' '));
  const isCommand = exports.some(({ name }) => name === '_start');
  const isLibrary =
    !isCommand && exports.some(({ name, type }) => type.kind === 'function' && name !== '_initialize');
  return {
    path,
    kind: 'guest',
    title: `a WebAssembly guest${isCommand ? ', a command' : isLibrary ? ', a library' : ''}`,
    bytes,
    imports: [...new Set(imports.map(({ module }) => module))].map((module) => ({
      module,
      package: knownPlugins
        .find(({ moduleNames }) => moduleNames.includes(module))
        ?.packageNames.join(' or '),
    })),
    exports: exports.map(({ name }) => name),
    commands: {
      ...(isCommand ? { 'run it': run } : {}),
      ...(isLibrary ? { 'call it': `${run} FUNCTION [VALUE...]` } : {}),
      'TypeScript for it': command('types'),
    },
  };
}

/** Names that fit some lines; the rest is counted. */
const maxShownNames = 20;

/** What {@link otherFile} found, for a person. */
export function formatOther({ path, title, bytes, imports = [], exports = [], commands }: OtherFile): string {
  const modules = imports.map((each) => (each.package ? `${each.module} (${each.package})` : each.module));
  const rows = [
    ['file', path],
    ['is', `${title}, ${size(bytes)}`],
    ...(modules.length > 0 ? [['imports', list(modules)]] : []),
    ...(exports.length > 0 ? [['exports', list(exports)]] : []),
    ...Object.entries(commands),
  ];
  return rows.map(([name = '', text = '']) => `${name.padEnd(19)}${text.replaceAll('\n', '\\n')}\n`).join('');
}

function list(names: readonly string[]): string {
  const rest = names.length - maxShownNames;
  return `${names.slice(0, maxShownNames).join(', ')}${rest > 0 ? `, and ${rest} more` : ''}`;
}

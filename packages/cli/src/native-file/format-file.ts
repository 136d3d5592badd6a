import { type Machine, printableName, type WasmEdgeInstallation } from '@wasmedge-plugins/core';
import { type PluginInspection, pluginApiVersion } from '@wasmedge-plugins/core/plugins';
import type { Colours } from '../output/colours.js';
import { inFlags } from '../output/in-flags.js';
import { wrap } from '../output/wrap.js';
import type { FileState } from './file-state.js';

const label = 13;
const width = 120;
/** The colours of the rows. */
export const fileColours: Colours = {
  bold: /^(?:file|SHA-256|built for|plug-in API|plug-in|needs|modules|options|loads here|is|imports|exports|inputs and outputs|TypeScript for it|run it)(?= )/,
  green: /(?<=^loads here +)yes|\bfits here$/,
  yellow: /(?<=^loads here +)not tried/,
  red: /(?<=^loads here +)no(?=:)|\bNOT FOUND$/,
};
const formats = { elf: 'ELF', 'mach-o': 'Mach-O', pe: 'PE' } as const;

/** Against what a file is held. */
export interface FileContext {
  readonly machine: Machine;
  readonly library: WasmEdgeInstallation | undefined;
  /** Why there is no libwasmedge. */
  readonly libraryProblem: string | undefined;
}

/** All about a native plug-in's file, on one screen. */
export function formatFile(state: FileState, context: FileContext): string {
  const { inspection, description } = state;
  const rows: [string, string | readonly string[]][] = [
    ['file', inspection ? `${state.path} (${inspection.size} bytes)` : state.path],
  ];
  if (inspection !== undefined) {
    rows.push(
      ['SHA-256', inspection.sha256],
      ['built for', builtFor(inspection, context.machine)],
      ['plug-in', pluginText(state)],
      ['plug-in API', apiText(state, context.library)],
      ['needs', neededText(inspection)],
    );
  }
  if (description !== undefined) {
    rows.push([
      'modules',
      description.modules.map(
        ({ name, functions }) =>
          `${name}: ${functions.length} ${functions.length === 1 ? 'function' : 'functions'}`,
      ),
    ]);
    const options = description.options?.map(({ name, type }) => `${name} (${type})`).join(', ');
    rows.push(['options', options === undefined ? 'not declared by a C++ plug-in' : options || 'none']);
  }
  rows.push(['loads here', loadsText(state, context)]);
  return rows.map(([name, text]) => formatRow(name, text)).join('');
}

function builtFor(
  { platform, architectures, format, isLibrary, fitsHere }: PluginInspection,
  machine: Machine,
) {
  const kind = `${formats[format]} ${isLibrary ? 'library' : 'program'}`;
  const target = `${platform} ${architectures.join(' and ')}, ${kind}`;
  return fitsHere ? `${target}: fits here` : `${target}; this process is ${machine.platform} ${machine.arch}`;
}

function pluginText({ inspection, description }: FileState): string {
  const descriptor = inspection?.descriptor;
  if (descriptor === undefined) {
    return 'none: it exports neither GetDescriptor nor WasmEdge_Plugin_GetDescriptor';
  }
  const language = descriptor === 'c' ? 'C' : 'C++';
  const { name, version, description: text } = description ?? inspection?.declared ?? {};
  const about = [name ?? 'name not known before it is loaded', version, text && `"${text}"`];
  return `${about.filter(Boolean).join(' ')}, ${language} interface`;
}

function apiText({ inspection, description }: FileState, library: WasmEdgeInstallation | undefined): string {
  const own = description?.apiVersion ?? inspection?.declared.apiVersion;
  const text = own === undefined ? 'not known before it is loaded' : String(own);
  return library === undefined
    ? text
    : `${text}; libwasmedge ${library.version} takes ${pluginApiVersion(library.version) ?? '?'}`;
}

/** What is missing has a line each; what is there, one for all. */
function neededText({ libraries, needed }: PluginInspection): readonly string[] {
  if (libraries === undefined) {
    return [needed.join(', ') || 'nothing'];
  }
  const isBad = (entry: (typeof libraries)[number]) =>
    entry.path === undefined || entry.missingVersions.length > 0;
  const bad = libraries
    .filter(isBad)
    .map(({ name, path, missingVersions }) =>
      path === undefined ? `${name}: NOT FOUND` : `${name}: ${path} has no ${missingVersions.join(', ')}`,
    );
  const found = libraries.filter((entry) => !isBad(entry)).map(({ name }) => name);
  const good = found.length === 0 ? [] : [`${bad.length === 0 ? '' : 'found: '}${found.join(', ')}`];
  return bad.length + good.length === 0 ? ['nothing'] : [...bad, ...good];
}

function loadsText({ loads, problems, warnings }: FileState, { library, libraryProblem }: FileContext) {
  if (loads) {
    return [`yes, into libwasmedge ${library?.version} (${library?.path})`, ...warnings];
  }
  if (loads === undefined) {
    return [`not tried: there is no libwasmedge. ${libraryProblem?.split('\n')[0] ?? ''}`];
  }
  return problems.flatMap(({ message, code }, index) => {
    const [first = '', ...rest] = inFlags(message).split('\n');
    const text = `${index === 0 ? 'no: ' : 'also: '}${first}${code === undefined ? '' : ` [${code}]`}`;
    return [text, ...rest];
  });
}

function formatRow(name: string, text: string | readonly string[]): string {
  const lines = [text].flat().flatMap((line) => wrap(printableName(line), width - label));
  return lines
    .map((line, index) => `${(index === 0 ? name : '').padEnd(label)}${line}`.trimEnd())
    .join('\n')
    .concat('\n');
}

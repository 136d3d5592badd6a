import {
  type PluginLibrary,
  type PluginServer,
  printableName,
  releasedPlugins,
} from '@wasmedge-plugins/core';
import type { FileState } from '../native-file/file-state.js';
import { alignColumns } from '../output/align-columns.js';
import type { Colours } from '../output/colours.js';
import { inFlags } from '../output/in-flags.js';
import { size } from '../output/size.js';
import { wrap } from '../output/wrap.js';
import type {
  CompiledCodeState,
  DoctorMachine,
  DoctorReport,
  EngineState,
  NativeState,
  PluginState,
} from './doctor-report.js';

const width = 120;

/** The colours of the report. */
export const doctorColours: Colours = {
  bold: /^(?:Node\.js|engine \w+|compiled code)(?= {2})|^plug-in {2}.*|^[A-Z][^:\n]*:$/,
  green: /(?<= )(?:loads$|found(?= {2})|yes(?= {2}))/,
  yellow: /\bnot available$|^ *note:|\bnot installed(?= {2})|\bnone(?=: )/,
  red: /\bdoes not load\b|\bbroken(?= {2})|(?<= {2})refused(?=,)|\bno(?= +none: )/,
};

/** The report on one screen. */
export function formatDoctor(report: DoctorReport): string {
  const { machine, engines, plugins, files, notTried, compiledCode, servers } = report;
  const facts = [
    ['Node.js', machineText(machine)],
    ...engines.map(engineRow),
    ['compiled code', compiledCodeText(compiledCode)],
  ];
  const header = ['plug-in', 'package', 'released here', 'native', 'loads', 'provider'];
  const parts = [
    alignColumns(facts),
    ...(machine.translated ? [rosetta] : []),
    ...engines.flatMap(({ name, problem }) => detail(name, problem)),
    ...detail('compiled code', compiledCode.problem ?? withoutCompiler(compiledCode)),
    alignColumns([header, ...plugins.map(pluginRow)]),
    ...plugins.flatMap((plugin) => detail(plugin.packageName, plugin.package.problem)),
    ...section(
      'Libraries that backends need:',
      plugins.flatMap(({ libraries }) => libraries.map(libraryLine)),
    ),
    ...section('Servers that were named:', servers.flatMap(serverLines)),
    ...section(
      'Not released here:',
      plugins
        .filter((plugin) => !plugin.released.here && isReleased(plugin))
        .map(({ released }) => released.why),
    ),
    ...section('Native plug-ins that were found:', [
      ...files.flatMap(fileLines),
      ...(notTried.length === 0 ? [] : [beyond(files.length, notTried)]),
    ]),
    ...advice(engines, plugins),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Whether there is a release for any machine; of what never had one there is nothing to miss. */
function isReleased({ packageName }: PluginState): boolean {
  return releasedPlugins.some((plugin) => plugin.packageName === packageName);
}

const rosetta =
  'This process runs under Rosetta: it is x64 on an arm64 processor. libwasmedge and plug-ins must be x64 too.';

function machineText({ node, platform, arch, libc }: DoctorMachine): string {
  const libcText =
    libc === undefined ? '' : `, ${libc.name}${libc.version === undefined ? '' : ` ${libc.version}`}`;
  return `${node}, ${platform} ${arch}${libcText}`;
}

function engineRow({ name, available, version, path }: EngineState): string[] {
  const text = available ? [version, path].filter((part) => part !== undefined).join(', ') : 'not available';
  return [`engine ${name}`, name === 'v8' ? `${text}, the default` : text];
}

function compiledCodeText({
  directory,
  entries,
  bytes,
  hasCompiler,
  notKept,
  problem,
}: CompiledCodeState): string {
  if (problem !== undefined) return `refused, ${directory}`;
  const kept = entries === 0 ? `none, ${directory}` : `${entries} kept, ${size(bytes)}, ${directory}`;
  const parts = [kept];
  if (hasCompiler === false) parts.push('libwasmedge has no compiler');
  if (notKept !== undefined) parts.push(`none can be stored: ${notKept}`);
  return parts.join('; ');
}

function withoutCompiler({ hasCompiler }: CompiledCodeState): string | undefined {
  return hasCompiler === false
    ? "this libwasmedge was built without its compiler (LLVM), so its guests are interpreted. WasmEdge's releases include the compiler."
    : undefined;
}

function pluginRow(plugin: PluginState): string[] {
  const {
    package: { installed, version, problem },
    native,
    provider,
    reason,
  } = plugin;
  const packageText =
    problem !== undefined ? 'broken' : installed ? (version ?? 'installed') : 'not installed';
  return [
    rowName(plugin),
    packageText,
    releasedText(plugin.released),
    nativeText(native),
    native.loads === undefined ? '-' : native.loads ? 'yes' : 'no',
    provider === undefined ? `none: ${reason}` : `${provider}: ${reason}`,
  ];
}

/** The WasmEdge name, and the backend where one plug-in has several packages. */
function rowName({ name, backend }: PluginState): string {
  return backend === undefined ? name : `${name} (${backend})`;
}

function releasedText({ here, since, until }: PluginState['released']): string {
  return here ? `${since} to ${until ?? 'now'}` : 'no';
}

function nativeText({ installed }: NativeState): string {
  return installed === undefined ? '-' : installed ? 'found' : 'none';
}

/** One library: where it is, or the command that installs it. The places that were searched are in the JSON. */
function libraryLine({ name, path, version, problem, optional }: PluginLibrary): string {
  if (problem === undefined) {
    return `${name} ${version ?? ''}: ${path ?? 'found'}`;
  }
  const lines = problem.split('\n').filter((line) => !line.startsWith('  '));
  const text = lines.join(' ').replace(/;? searched: /, '. ');
  const named = text.startsWith(name) ? text : `${name}: ${text}`;
  return optional ? `Optional: ${named}` : named;
}

/** One server: what it says of itself, and what keeps it from being used. */
function serverLines({
  name,
  address,
  problem,
  isReady,
  software,
  extensions,
  models,
}: PluginServer): string[] {
  const state = isReady === undefined ? 'not reachable' : isReady ? 'ready' : 'reachable, but not ready';
  return [
    `${name}: ${address}: ${state}${software ? `, ${software}` : ''}`,
    ...(problem === undefined ? [] : [`note: ${problem}`]),
    ...(models === undefined ? [] : [`models: ${models.join(', ') || 'none'}`]),
    ...(extensions === undefined ? [] : [`extensions: ${extensions.join(', ') || 'none'}`]),
  ];
}

/** One file: that it loads and what to know of it, or why it does not. */
function fileLines({ path, name, description, loads, problems, warnings }: FileState): string[] {
  if (loads) {
    return [
      `${path}: ${name} ${description?.version ?? ''} loads`,
      ...warnings.map((text) => `note: ${text}`),
    ];
  }
  return problems.slice(0, 1).flatMap(({ message, code }) => {
    const [first = '', ...rest] = inFlags(message).split('\n');
    return [`${path}: does not load. ${first}${code === undefined ? '' : ` [${code}]`}`, ...rest];
  });
}

/** That not every file was tried. */
function beyond(tried: number, notTried: readonly string[]): string {
  return `${notTried.length} more after the first ${tried} were not tried, from ${notTried[0]} on: wasmedge-plugins inspect <file> tries one.`;
}

/** How to get the native plug-ins that are released here and are not there. */
function advice(engines: readonly EngineState[], plugins: readonly PluginState[]): string[] {
  const places = engines.find(({ name }) => name === 'wasmedge')?.pluginPlaces;
  const absent = plugins.filter(({ released, native }) => released.here && native.installed === false);
  if (places === undefined || absent.length === 0) {
    return [];
  }
  return section('Native plug-ins are optional, and are searched for in:', [
    ...places,
    'To install a released one: wasmedge-plugins install <plug-in>',
  ]);
}

function section(title: string, lines: readonly string[]): string[] {
  const indented = [...new Set(lines)]
    .flatMap((line) => wrap(printableName(line), width - 2))
    .map((line) => `  ${line}`);
  return lines.length === 0 ? [] : [[title, ...indented].join('\n')];
}

function detail(name: string, text: string | undefined): string[] {
  return text === undefined ? [] : [`${name}: ${inFlags(text).replaceAll('\n', '\n  ')}`];
}

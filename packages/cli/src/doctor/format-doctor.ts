import { alignColumns } from '../output/align-columns.js';
import type { DoctorReport, EngineState, Machine, NativeState, PluginState } from './doctor-report.js';

/** The report on one screen. */
export function formatDoctor({ machine, engines, plugins }: DoctorReport): string {
  const facts = [['Node.js', machineText(machine)], ...engines.map(engineRow)];
  const header = ['plug-in', 'package', 'released here', 'native', 'loads', 'provider'];
  const parts = [
    alignColumns(facts),
    ...engines.flatMap(({ name, problem }) => detail(name, problem)),
    alignColumns([header, ...plugins.map(pluginRow)]),
    ...plugins.flatMap((plugin) => detail(plugin.packageName, plugin.package.problem)),
    ...nativeFiles(plugins),
  ];
  return `${parts.join('\n\n')}\n`;
}

function machineText({ node, platform, arch, libc }: Machine): string {
  const libcText =
    libc === undefined ? '' : `, ${libc.name}${libc.version === undefined ? '' : ` ${libc.version}`}`;
  return `${node}, ${platform} ${arch}${libcText}`;
}

function engineRow({ name, available, version, path }: EngineState): string[] {
  const text = available ? [version, path].filter((part) => part !== undefined).join(', ') : 'not available';
  return [`engine ${name}`, name === 'v8' ? `${text}, the default` : text];
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
function rowName({ name, packageName }: PluginState): string {
  const backend = /wasi-nn-(.+)$/.exec(packageName)?.[1];
  return backend === undefined ? name : `${name} (${backend})`;
}

function releasedText(released: PluginState['released']): string {
  if (released === undefined) {
    return '?';
  }
  return released.here ? `${released.since} to ${released.until ?? 'now'}` : 'no';
}

function nativeText({ installed }: NativeState): string {
  return installed === undefined ? '-' : installed ? 'found' : 'none';
}

/** The file of each native plug-in that was found, or why it does not load. */
function nativeFiles(plugins: readonly PluginState[]): string[] {
  const states = new Map(plugins.map(({ name, native }) => [name, native]));
  return [...states].flatMap(([name, { loads, path, problem }]) =>
    loads === undefined ? [] : detail(`native ${name}`, loads ? path : problem),
  );
}

function detail(name: string, text: string | undefined): string[] {
  return text === undefined ? [] : [`${name}: ${text.replaceAll('\n', '\n  ')}`];
}

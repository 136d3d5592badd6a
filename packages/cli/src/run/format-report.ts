import type { RuntimeReport } from '@wasmedge-plugins/core';
import { printableName } from '@wasmedge-plugins/core/run';
import { inFlags } from '../output/in-flags.js';

/** What a runtime chose and why, as lines for `--verbose`. */
export function formatReport({ engine, engineReason, library, aot, plugins }: RuntimeReport): string {
  const lines = [`engine ${engine}: ${engineReason}`];
  if (library !== undefined) {
    lines.push(`library ${library.path}, version ${library.version}`);
  }
  if (aot !== undefined) {
    const what = aot.mode === 'off' ? 'guests are interpreted' : `guests run compiled (${aot.mode})`;
    lines.push(`${what}: ${aot.reason}`);
  }
  for (const { name, provider, reason, path, modules, verifiedBy, choices = [] } of plugins) {
    const vouched = verifiedBy === undefined ? '' : ` verified by ${verifiedBy.join(' and ') || 'nothing'}`;
    const file = path === undefined ? '' : `, ${path}${vouched}`;
    lines.push(`plug-in ${name}: provider ${provider} (${reason})${file}, modules ${modules.join(', ')}`);
    lines.push(...choices.map((choice) => `plug-in ${name}: ${choice}`));
  }
  return aside(lines);
}

/** How guests ran, and why, as lines for `--verbose`. */
export function formatExecutions({ aot }: RuntimeReport): string {
  return aside((aot?.guests ?? []).map(({ guest, runs, reason }) => `guest ${guest}: ${runs}, ${reason}`));
}

function aside(lines: readonly string[]): string {
  return lines.map((line) => `[wasmedge-plugins] ${printableName(inFlags(line))}\n`).join('');
}

import type { ConformanceReport } from './run-conformance.js';
import { providerLabel, targetLabel } from './target.js';

const widestName = 76;

/** A report as text: one row for each case, one column for each target, then everything that needs an explanation. */
export function formatTable(report: ConformanceReport): string {
  const columns = report.reports.map(({ target, cases }) => [
    target.engine,
    providerLabel(target),
    ...cases.map(({ status }) => status),
  ]);
  const names = ['', '', ...(report.reports[0]?.cases ?? []).map(({ name }) => shorten(name))];
  const rows = names.map((name, index) => [name, ...columns.map((column) => column[index] ?? '')]);
  const parts = [`${report.title} (${report.plugin})`, alignColumns(rows), ...notes(report), summary(report)];
  return `${parts.join('\n\n')}\n`;
}

function notes({ reports, ignored }: ConformanceReport): string[] {
  const results = reports.flatMap(({ target, cases }) => cases.map((result) => ({ target, result })));
  const lines = results.flatMap(({ target, result }) => {
    const head = `${result.status}: ${result.name} (${targetLabel(target)})`;
    switch (result.status) {
      case 'failed':
        return [note(head, `${result.error.name}: ${result.error.message}\nexpected by ${result.source}`)];
      case 'differs':
        return [note(head, `upstream: ${result.text}`)];
      case 'ignored':
        return [note(head, result.reason)];
      default:
        return [];
    }
  });
  const left = ignored.map((target) =>
    note(
      `${target.required ? 'missing, and CI_REQUIRE names it' : 'ignored'}: ${targetLabel(target)}`,
      target.reason,
    ),
  );
  return [...lines, ...left];
}

function note(head: string, text: string): string {
  return `${head}\n${text.replace(/^/gm, '    ')}`;
}

function summary({ reports, ignored }: ConformanceReport): string {
  const lines = reports.map(({ target, cases }) => {
    const counts = (['passed', 'failed', 'differs', 'ignored'] as const)
      .map((status) => ({ status, count: cases.filter((result) => result.status === status).length }))
      .filter(({ status, count }) => count > 0 || status === 'passed')
      .map(({ status, count }) => `${count} ${status}`);
    return [targetLabel(target), counts.join(', ')];
  });
  return alignColumns([...lines, ...ignored.map((target) => [targetLabel(target), 'not run'])]);
}

function alignColumns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function shorten(name: string): string {
  return name.length > widestName ? `${name.slice(0, widestName - 1)}…` : name;
}

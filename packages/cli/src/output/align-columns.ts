import { printableName } from '@wasmedge-plugins/core/run';

/** Rows as text with their columns aligned; a cell stays in its line. */
export function alignColumns(table: readonly (readonly string[])[]): string {
  const rows = table.map((row) => row.map((cell) => printableName(cell)));
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

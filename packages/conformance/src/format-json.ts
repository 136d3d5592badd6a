import { toPlainError } from './case-message.js';
import type { ConformanceReport } from './run-conformance.js';

/** A report as JSON text; errors become their name, message, code and stack. */
export function formatJson(report: ConformanceReport): string {
  return `${JSON.stringify(report, (_, value: unknown) => (value instanceof Error ? toPlainError(value) : value), 2)}\n`;
}

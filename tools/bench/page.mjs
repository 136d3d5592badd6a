// @ts-check
import { reportNotes, reportRows } from './report.mjs';

/**
 * The results as a page of the documentation.
 * @param {import('./results.mjs').Result[]} results
 * @param {object} circumstances
 * @param {ReturnType<typeof import('./machine.mjs').describeMachine>} circumstances.machine
 * @param {Date} circumstances.date
 * @param {number} circumstances.slack
 * @param {string[]} circumstances.args of the command
 */
export function formatPage(results, { machine, date, slack, args }) {
  const measured = results.filter(({ verdict }) => verdict !== 'not measured');
  const missing = results.filter(({ verdict }) => verdict === 'not measured');
  const command = ['npm run bench', ...(args.length === 0 ? [] : ['--', ...args])].join(' ');
  return `# Measured figures

Written by \`${command}\`. Do not edit this page: run the command on your machine, and compare.

| | |
|---|---|
| date | ${date.toISOString().slice(0, 10)} |
| processor | ${machine.cpu} |
| load when it ended | ${machine.load.toFixed(1)} |
| Node.js | ${machine.node}, V8 ${machine.v8} |
| libwasmedge | ${machine.libwasmedge} |

Other programs were busy at the same time if the load is above the number of processors: then read ratios rather than times.

${table(reportRows(measured))}

## How to read the table

${reportNotes(slack)
  .map((note) => `- ${note}`)
  .join('\n')}
${missing.length === 0 ? '' : `\n## Not measured\n\n${missing.map(({ title, reason }) => `- ${title}: ${reason}`).join('\n')}\n`}`;
}

/** @param {Record<string, string>[]} rows */
function table(rows) {
  const columns = Object.keys(rows[0] ?? {});
  const line = (/** @type {string[]} */ cells) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const cellsOf = (/** @type {Record<string, string>} */ row) => columns.map((column) => row[column] ?? '');
  return [line(columns), `|${'---|'.repeat(columns.length)}`, ...rows.map((row) => line(cellsOf(row)))].join(
    '\n',
  );
}

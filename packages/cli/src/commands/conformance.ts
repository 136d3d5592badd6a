import type { EngineName, PlacementName, ProviderName } from '@wasmedge-plugins/core';
import { Command, Option } from 'commander';
import { exitCode } from '../exit-code.js';
import type { Colours } from '../output/colours.js';
import { printJsonText, printReport } from '../output/print.js';
import { loadConformance, loadSuites } from '../packages/conformance-package.js';

interface ConformanceOptions {
  readonly engine?: EngineName;
  readonly provider?: ProviderName;
  readonly placement: PlacementName;
  readonly json?: boolean;
}

/** The colours of the table: its title, and what came of each case. */
export const conformanceColours: Colours = {
  bold: /(?<![\s\S])[^\n]+/,
  green: /(?<= {2}|\d )passed(?= |,|$)/,
  yellow: /(?<=^| {2}|\d )(?:differs|ignored|not run)(?= |,|:|$)/,
  red: /(?<=^| {2}|\d )failed(?= |,|:|$)|^missing(?=, and CI_REQUIRE)/,
};

/** The command `conformance`. */
export function conformanceCommand(): Command {
  return new Command('conformance')
    .description("Run a plug-in's conformance suite on every available engine and provider.")
    .argument('<plug-in>', 'WasmEdge name or package name, such as wasmedge_process')
    .addOption(new Option('--engine <name>', 'this engine only').choices(['v8', 'wasmedge']))
    .addOption(new Option('--provider <name>', 'this provider only').choices(['embedded', 'native']))
    .addOption(
      new Option(
        '--placement <name>',
        'where the guests run: in the thread of the command, in workers, or in child processes',
      )
        .choices(['inline', 'worker', 'process'])
        .default('inline'),
    )
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      '\nReleased native plug-ins are taken from the folder that WASMEDGE_NATIVE_PLUGINS names.\nEverything in the comma-separated list CI_REQUIRE (wasmedge, v8, native) must be available.',
    )
    .action(conformance);
}

async function conformance(plugin: string, options: ConformanceOptions): Promise<void> {
  const { engine, provider, placement, json } = options;
  const { formatJson, formatTable, runConformance } = await loadConformance();
  for (const suite of await loadSuites(plugin)) {
    const report = await runConformance(suite, {
      engines: engine && [engine],
      providers: provider && [provider],
      placements: [placement],
    });
    if (json) {
      printJsonText(formatJson(report));
    } else {
      printReport(formatTable(report), conformanceColours);
    }
    if (!report.ok) {
      process.exitCode = exitCode.failure;
    }
  }
}

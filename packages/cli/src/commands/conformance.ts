import type { EngineName, ProviderName } from '@wasmedge-plugins/core';
import { Command, Option } from 'commander';
import { exitCode } from '../exit-code.js';
import { print, printJsonText } from '../output/print.js';
import { loadConformance, loadSuites } from '../packages/conformance-package.js';

interface ConformanceOptions {
  readonly engine?: EngineName;
  readonly provider?: ProviderName;
  readonly json?: boolean;
}

/** The command `conformance`. */
export function conformanceCommand(): Command {
  return new Command('conformance')
    .description("Run a plug-in's conformance suite on every engine and provider that is available here.")
    .argument('<plug-in>', 'WasmEdge name or package name, such as wasmedge_process')
    .addOption(new Option('--engine <name>', 'this engine only').choices(['v8', 'wasmedge']))
    .addOption(new Option('--provider <name>', 'this provider only').choices(['embedded', 'native']))
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      '\nReleased native plug-ins are taken from the folder that WASMEDGE_NATIVE_PLUGINS names.\nWhat the comma list CI_REQUIRE names (wasmedge, v8, native) must be there.',
    )
    .action(conformance);
}

async function conformance(plugin: string, { engine, provider, json }: ConformanceOptions): Promise<void> {
  const { formatJson, formatTable, runConformance } = await loadConformance();
  for (const suite of await loadSuites(plugin)) {
    const report = await runConformance(suite, {
      engines: engine && [engine],
      providers: provider && [provider],
    });
    if (json) {
      printJsonText(formatJson(report));
    } else {
      print(formatTable(report));
    }
    if (!report.ok) {
      process.exitCode = exitCode.failure;
    }
  }
}

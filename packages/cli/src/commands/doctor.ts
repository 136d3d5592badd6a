import { Command } from 'commander';
import { examine } from '../doctor/examine.js';
import { doctorColours, formatDoctor } from '../doctor/format-doctor.js';
import { exitCode } from '../exit-code.js';
import { printJson, printReport } from '../output/print.js';
import { addValue } from '../run/parse-options.js';

/** The command `doctor`. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('Show what this machine can run: engines, plug-ins, and which provider would be used.')
    .option('--json', 'print the report as JSON')
    .option(
      '--nn-remote <model>',
      'server to ask as well, as name=https://host:port/model[@version], also grpc:// and grpcs://; repeatable',
      addValue,
    )
    .addHelpText(
      'after',
      '\nExits with 1 if something that is installed, or named by a variable or an option, does not work.',
    )
    .action(
      async ({ json, nnRemote }: { readonly json?: boolean; readonly nnRemote?: readonly string[] }) => {
        const report = await examine(nnRemote === undefined ? {} : { 'nn-remote': nnRemote });
        if (json) {
          printJson(report);
        } else {
          printReport(formatDoctor(report), doctorColours);
        }
        if (!report.ok) {
          process.exitCode = exitCode.failure;
        }
      },
    );
}

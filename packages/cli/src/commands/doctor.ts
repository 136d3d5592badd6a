import { Command } from 'commander';
import { examine } from '../doctor/examine.js';
import { doctorColours, formatDoctor } from '../doctor/format-doctor.js';
import { exitCode } from '../exit-code.js';
import { printJson, printReport } from '../output/print.js';

/** The command `doctor`. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('Show what this machine can run: engines, plug-ins, and which provider would be used.')
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      '\nExits with 1 if something that is installed, or named by a variable, does not work.',
    )
    .action(async ({ json }: { readonly json?: boolean }) => {
      const report = await examine();
      if (json) {
        printJson(report);
      } else {
        printReport(formatDoctor(report), doctorColours);
      }
      if (!report.ok) {
        process.exitCode = exitCode.failure;
      }
    });
}

import { Command, Option } from 'commander';
import type { OptionsOfPackage } from '../packages/plugin-options.js';
import { addPluginOptions, givenValues } from '../run/plugin-options.js';
import { run } from '../run/run.js';
import { type RunOption, runOptions } from '../run/run-options.js';
import type { RunRequest } from '../run/run-request.js';

/** The command `run`; the installed plug-in packages add their options to it. */
export function runCommand(installed: readonly OptionsOfPackage[]): Command {
  const command = new Command('run')
    .description('Run a guest. Options come before the guest; everything after it goes to the guest.')
    .argument('<guest>', 'the wasm file')
    .argument('[args...]', "the guest's arguments; with --reactor a function and its values")
    .passThroughOptions()
    .action((guest: string, args: string[], options: RunRequest['options']) =>
      run({ guest, args, options, values: givenValues(command, pluginOptions) }),
    );
  for (const option of runOptions) command.addOption(optionOf(option));
  const pluginOptions = addPluginOptions(command, installed);
  return command;
}

function optionOf({ flags, description, choices, default: value, parse }: RunOption): Option {
  const option = new Option(flags, description);
  if (parse !== undefined) option.argParser(parse as (value: string, before: unknown) => unknown);
  if (choices !== undefined) option.choices(choices);
  return value === undefined ? option : option.default(value);
}

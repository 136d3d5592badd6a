import { Argument, Command } from 'commander';
import { UsageError } from '../errors.js';
import { alignColumns } from '../output/align-columns.js';
import { print } from '../output/print.js';
import { type Sample, samples } from '../samples/catalogue.js';
import { isInstalled, writeSample } from '../samples/write-sample.js';

interface SampleOptions {
  readonly force?: boolean;
}

/** The command `sample`. */
export function sampleCommand(): Command {
  const argument = new Argument('[name]', 'which one; without it, they are listed');
  // For help and completion; a wrong name has an error of its own.
  argument.argChoices = samples.map((each) => each.name);
  return new Command('sample')
    .description('Write a guest or a model to begin with into this folder.')
    .addArgument(argument)
    .option('--force', 'overwrite files of the same name')
    .action(sample);
}

function sample(name: string | undefined, { force = false }: SampleOptions): void {
  if (name === undefined) {
    print(`${list()}\n\nwasmedge-plugins sample <name> writes one into this folder.\n`);
    return;
  }
  const found = samples.find((each) => each.name === name);
  if (found === undefined) {
    const names = samples.map((each) => each.name).join(', ');
    throw new UsageError(`there is no sample "${name}"; there are: ${names}`);
  }
  writeSample(found, force);
  print(`Wrote ${found.files.join(', ')}.\nNext: npx wasmedge-plugins ${found.next}\n`);
}

function list(): string {
  return alignColumns(samples.map((each) => [each.name, `${each.description}${needed(each)}`]));
}

function needed(each: Sample): string {
  return isInstalled(each) ? '' : ` (npm install ${each.packageName})`;
}

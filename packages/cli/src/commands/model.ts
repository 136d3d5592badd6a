import { Command, Option } from 'commander';
import { defineModelText } from '../model/define-model-text.js';
import { describeFile } from '../model/describe-file.js';
import { formatModel } from '../model/format-model.js';
import { print, printAside, printJson } from '../output/print.js';

interface ModelOptions {
  readonly ts?: boolean;
  readonly json?: boolean;
}

/** The command `model`. */
export function modelCommand(): Command {
  return new Command('model')
    .description('Tell what a model takes and gives: names, element types, shapes and quantisation.')
    .argument(
      '<file>',
      'a .tflite, .onnx or .gguf file, the .xml file of OpenVINO, or a .pt file of TorchScript',
    )
    .option('--ts', 'print TypeScript that defines it for a session')
    .addOption(new Option('--json', 'print the result as JSON').conflicts('ts'))
    .addHelpText('after', '\nThe file is read, and not run. The package of its format must be installed.')
    .action(model);
}

async function model(file: string, { ts, json }: ModelOptions): Promise<void> {
  const description = await describeFile(file);
  if (json) return printJson({ file, ...description });
  if (!ts) return print(formatModel(file, description));
  print(defineModelText(file, description));
  printAside(description.notes.map((note) => `${note}\n`).join(''));
}

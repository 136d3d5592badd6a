import { Argument, Command } from 'commander';
import {
  type CompletedCommand,
  completionScript,
  type Shell,
  shells,
} from '../completion/completion-script.js';
import { print } from '../output/print.js';

/** The command `completion`. */
export function completionCommand(): Command {
  const command = new Command('completion')
    .description('Print a script that completes commands, options and their values in a shell.')
    .addArgument(new Argument('<shell>', 'which shell').choices(shells))
    .addHelpText(
      'after',
      `\nbash: eval "$(wasmedge-plugins completion bash)"
zsh:  source <(wasmedge-plugins completion zsh)
fish: wasmedge-plugins completion fish | source
Put the line into ~/.bashrc, ~/.zshrc (after compinit) or ~/.config/fish/config.fish.`,
    )
    .action((shell: Shell) => {
      print(completionScript(shell, (command.parent?.commands ?? []).map(completed)));
    });
  return command;
}

function completed(command: Command): CompletedCommand {
  return {
    name: command.name(),
    description: command.description(),
    choices: command.registeredArguments[0]?.argChoices ?? [],
    options: command.options.flatMap(({ long, description, required, optional, argChoices }) =>
      long ? [{ name: long, description, takesValue: required || optional, choices: argChoices ?? [] }] : [],
    ),
  };
}

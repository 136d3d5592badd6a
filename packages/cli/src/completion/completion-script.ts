/** Shells that a script is written for. */
export const shells = ['bash', 'zsh', 'fish'] as const;

/** One of {@link shells}. */
export type Shell = (typeof shells)[number];

/** A command, as far as its words are completed. */
export interface CompletedCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly CompletedOption[];
  /** The values that its first argument takes; empty where it takes any. */
  readonly choices: readonly string[];
}

/** An option by its long name with dashes. */
export interface CompletedOption {
  readonly name: string;
  readonly description: string;
  readonly takesValue: boolean;
  /** The values that it takes; empty where it takes any. */
  readonly choices: readonly string[];
}

/** A script that completes the command's words in a shell: commands, options and their values, and else files. */
export function completionScript(shell: Shell, commands: readonly CompletedCommand[]): string {
  return { bash, zsh, fish }[shell](commands);
}

/** Within single quotes, for all three shells. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function bash(commands: readonly CompletedCommand[]): string {
  const cases = commands.map(({ name, options, choices: own }) => {
    const values = options
      .filter(({ choices }) => choices.length > 0)
      .map((option) => `        ${option.name}) words=${quoted(option.choices.join(' '))} ;;`);
    const files = options.filter(({ takesValue, choices }) => takesValue && choices.length === 0);
    const any = files.length === 0 ? [] : [`        ${files.map((each) => each.name).join('|')}) return ;;`];
    const names = quoted(options.map((option) => option.name).join(' '));
    const last = `[[ $current == -* ]] && words=${names}${own.length > 0 ? ` || words=${quoted(own.join(' '))}` : ''}`;
    return [
      `    ${name})`,
      ...(values.length + any.length === 0
        ? [`      ${last}`]
        : ['      case $before in', ...values, ...any, `        *) ${last} ;;`, '      esac']),
      '      ;;',
    ].join('\n');
  });
  return `# Completion of wasmedge-plugins for bash: eval "$(wasmedge-plugins completion bash)"
_wasmedge_plugins() {
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]} words=
  COMPREPLY=()
  # bash divides --name=value into three words.
  if [[ $current == = ]]; then
    current=
  elif [[ $before == = ]]; then
    before=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  if [[ $COMP_CWORD -eq 1 ]]; then
    words=${quoted(commands.map(({ name }) => name).join(' '))}
  else
    case \${COMP_WORDS[1]} in
${cases.join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _wasmedge_plugins wasmedge-plugins
`;
}

function zsh(commands: readonly CompletedCommand[]): string {
  // A colon divides a word from its description.
  const entry = (name: string, description: string) => quoted(`${name}:${description.replaceAll(':', ' -')}`);
  const cases = commands.map(({ name, options, choices: own }) => {
    const values = options
      .filter(({ choices }) => choices.length > 0)
      .map((option) => `        ${option.name}) compadd -- ${option.choices.join(' ')}; return ;;`);
    const files = options.filter(({ takesValue, choices }) => takesValue && choices.length === 0);
    const any =
      files.length === 0 ? [] : [`        ${files.map((each) => each.name).join('|')}) _files; return ;;`];
    const inner = [...values, ...any];
    return [
      `    ${name})`,
      ...(inner.length === 0 ? [] : ['      case $words[CURRENT-1] in', ...inner, '      esac']),
      ...(own.length === 0
        ? []
        : [`      [[ $words[CURRENT] == -* ]] || { compadd -- ${own.join(' ')}; return; }`]),
      `      entries=(${options.map((option) => entry(option.name, option.description)).join(' ')})`,
      '      ;;',
    ].join('\n');
  });
  return `#compdef wasmedge-plugins
# Completion of wasmedge-plugins for zsh: source <(wasmedge-plugins completion zsh)
_wasmedge_plugins() {
  local -a entries
  if (( CURRENT == 2 )); then
    entries=(${commands.map(({ name, description }) => entry(name, description)).join(' ')})
    _describe command entries
    return
  fi
  case $words[2] in
${cases.join('\n')}
  esac
  if [[ $words[CURRENT] == -* ]]; then
    _describe option entries
  else
    _files
  fi
}
compdef _wasmedge_plugins wasmedge-plugins
`;
}

function fish(commands: readonly CompletedCommand[]): string {
  const lines = commands.flatMap(({ name, description, options, choices: own }) => [
    `complete -c wasmedge-plugins -n __fish_use_subcommand -f -a ${name} -d ${quoted(description)}`,
    ...(own.length === 0
      ? []
      : [
          `complete -c wasmedge-plugins -n ${quoted(`__fish_seen_subcommand_from ${name}`)} -f -a ${quoted(own.join(' '))}`,
        ]),
    ...options.map(({ name: option, description: text, takesValue, choices }) => {
      const values = choices.length > 0 ? ` -x -a ${quoted(choices.join(' '))}` : takesValue ? ' -r' : '';
      return `complete -c wasmedge-plugins -n ${quoted(`__fish_seen_subcommand_from ${name}`)} -l ${option.slice(2)}${values} -d ${quoted(text)}`;
    }),
  ]);
  return `# Completion of wasmedge-plugins for fish: wasmedge-plugins completion fish | source\n${lines.join('\n')}\n`;
}

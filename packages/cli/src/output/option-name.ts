/** The long name of an option without its dashes: `allow-command` of `--allow-command <name>`. */
export function optionName(flags: string): string {
  return flags.replace(/^.*--([^ ]+).*$/, '$1');
}

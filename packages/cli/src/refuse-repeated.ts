import type { Command, Option } from 'commander';
import { collectors } from './run/collectors.js';

/** Makes an option that takes one value refuse a second one: which of them was meant is not known, and one may forbid what another allows. */
export function refuseRepeated(command: Command): void {
  for (const option of command.options.filter(takesOneValue)) {
    let given = 0;
    command.on(`option:${option.name()}`, () => {
      given++;
      if (given > 1) {
        command.error(`error: option '${option.flags}' is given ${given} times; give it once`);
      }
    });
  }
}

function takesOneValue({ required, optional, parseArg }: Option): boolean {
  return (required || optional) && !collectors.includes(parseArg);
}

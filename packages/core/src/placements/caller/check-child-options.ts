import { UnsupportedByPlacementError } from '../../errors/placement-errors.js';
import { InvalidArgumentError } from '../../errors/runtime-errors.js';
import { checkOptionNames } from '../../options/check-option-names.js';
import { isTable } from '../../options/is-table.js';
import { describeValue } from '../../values/check-arguments.js';
import type { ChildOptions } from '../interface/child-options.js';

/** Throws for what the process of a member cannot be started with. */
export function checkChildOptions(placement: unknown, options: ChildOptions | undefined): void {
  if (options === undefined) return;
  if (placement !== 'process') {
    throw new InvalidArgumentError(
      "The option child is only for placement: 'process'; omit it, or use that placement.",
    );
  }
  checkOptionNames<ChildOptions>('createRuntime({ child })', options, {
    env: true,
    execArgv: true,
    cpuSeconds: true,
  });
  const { env = {}, execArgv = [], cpuSeconds = 1 } = options;
  const isText = (value: unknown) => typeof value === 'string' && !value.includes('\0');
  const isVariable = ([name, value]: [string, unknown]) =>
    name !== '' && !name.includes('=') && isText(name) && isText(value);
  if (!isTable(env)) {
    throw new InvalidArgumentError(
      `The option child.env must be an object of strings by name, not ${describeValue(env)}.`,
    );
  }
  if (!Object.entries(env).every(isVariable)) {
    throw new InvalidArgumentError('The option child.env must be an object of strings by name.');
  }
  if (!Array.isArray(execArgv) || !execArgv.every(isText)) {
    throw new InvalidArgumentError('The option child.execArgv must be an array of strings.');
  }
  if (!Number.isInteger(cpuSeconds) || cpuSeconds < 1 || cpuSeconds > 2147483646) {
    throw new InvalidArgumentError(
      `The option child.cpuSeconds must be an integer from 1 to 2147483646, not ${describeValue(cpuSeconds)}.`,
    );
  }
  if (options.cpuSeconds !== undefined && process.platform !== 'linux') {
    throw new UnsupportedByPlacementError('The option child.cpuSeconds is available on Linux only; omit it.');
  }
}

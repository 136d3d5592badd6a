import { InvalidArgumentError } from '../errors/runtime-errors.js';
import { describeValue } from '../values/check-arguments.js';
import { isTable } from './is-table.js';

/**
 * Throws unless `options` is a plain object or a class instance, and every name in it is known: a misspelt option would otherwise
 * do nothing, and one that allows or forbids something must not be ignored. Maps and arrays are refused, since they have no
 * options.
 *
 * @param subject what takes the options, as the message should name it: `processPlugin()`.
 * @param options what the caller gave.
 * @param known every valid name. It is an object, so that TypeScript finds a name that was forgotten here.
 * @throws {InvalidArgumentError} naming the unknown option, the one that was probably meant, and all valid ones.
 */
export function checkOptionNames<Options extends object>(
  subject: string,
  options: unknown,
  known: Readonly<Record<keyof Options, true>>,
): asserts options is Options {
  if (!isTable(options)) {
    throw new InvalidArgumentError(
      `The options of ${subject} must be an object of values by name, not ${describeValue(options)}.`,
    );
  }
  const names = Object.keys(known);
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const meant = closest(unknown, names);
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  throw new InvalidArgumentError(
    `${atStart(subject)} has no option ${unknown}.${hint} ${names.length === 0 ? 'It takes no options.' : `There are: ${names.join(', ')}.`}`,
  );
}

/** An article that a sentence begins with has a capital letter; a name stays as it is. */
function atStart(subject: string): string {
  return /^(the|a) /.test(subject) ? `${subject.charAt(0).toUpperCase()}${subject.slice(1)}` : subject;
}

/** The known name that differs least, where it differs by few letters. */
function closest(name: string, names: readonly string[]): string | undefined {
  const wanted = name.slice(0, 40).toLowerCase();
  const ranked = names
    .map((each) => ({ each, distance: editDistance(wanted, each.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  return best !== undefined && best.distance <= Math.max(2, wanted.length / 4) ? best.each : undefined;
}

/** How many letters must be added, removed or exchanged (Levenshtein). */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const exchanged = (previous[column - 1] as number) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(
        Math.min(exchanged, (previous[column] as number) + 1, (current[column - 1] as number) + 1),
      );
    }
    previous = current;
  }
  return previous[b.length] as number;
}

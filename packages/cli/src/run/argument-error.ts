/** A value that an option does not take. Commander knows it by its code, and tells which option it is about. */
export class ArgumentError extends Error {
  readonly code = 'commander.invalidArgument';
  readonly exitCode = 1;
}

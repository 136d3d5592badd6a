import { ArgumentError } from './argument-error.js';

/** One `--native-plugin`. */
export interface NativePluginFlag {
  readonly path: string;
  /** Texts of its options, by name. */
  readonly options: Readonly<Record<string, string>>;
}

/** Where the options of a `--native-plugin` begin: a colon, and a name with an equals sign. */
const optionStart = /:(?=[\w.-]+=)/;

/** Adds one `--native-plugin path[:option=value...]` to those before it. */
export function addNativePlugin(value: string, before: readonly NativePluginFlag[] = []): NativePluginFlag[] {
  const [path = '', ...parts] = value.split(optionStart);
  const options = parts.map((part): [string, string] => {
    const equals = part.indexOf('=');
    return [part.slice(0, equals), part.slice(equals + 1)];
  });
  const names = options.map(([name]) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new ArgumentError(`The option ${twice} of ${path} is given twice; give one value.`);
  }
  return [...before, { path, options: Object.fromEntries(options) }];
}

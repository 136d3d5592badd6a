import { flagWords } from './flag-words.js';

// The longest first, as one may begin with another.
const names = Object.keys(flagWords).sort((a, b) => b.length - a.length);

/** A quoted name, which may be a guest's and stays as it is, or an option. */
const pattern = new RegExp(
  ['"[^"]*"', ...names.map((name) => name.replace(/[.(){}[\]*?|]/g, '\\$&'))].join('|'),
  'g',
);

/** Who runs a guest by the command has no host modules, and no other guests. */
const hostModuleAdvice =
  /Pass a host module "[^"]*"[^"]* to createRuntime, or instantiate a guest under that name first\./g;

/** One folder or variable of those that a guest gets. */
const oneOfWasi = /wasi\.(preopens|env)\[("(?:[^"\\]|\\.)*")\]/g;

/** A message of the API in the words of the command line. */
export function inFlags(message: string): string {
  return message
    .replace(
      hostModuleAdvice,
      'Load the native plug-in that has it with --native-plugin, or build the guest without this import.',
    )
    .replace(oneOfWasi, (_, option, name) => `${flagWords[`wasi.${option}`]} ${name}`)
    .replace(pattern, (found) => flagWords[found] ?? found);
}

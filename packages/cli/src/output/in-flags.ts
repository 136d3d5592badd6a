/** Options of the API, as its messages name them, and what they are on the command line. */
const flags: Readonly<Record<string, string>> = {
  "provider: 'embedded'": '--provider embedded',
  "provider 'embedded'": '--provider embedded',
  "engine: 'wasmedge'": '--engine wasmedge',
  "engine 'wasmedge'": '--engine wasmedge',
  "placement 'worker' or 'process'": '--placement worker or --placement process',
  "placement 'inline'": '--placement inline',
  "placement 'worker'": '--placement worker',
  "placement 'process'": '--placement process',
  "placement: 'inline'": '--placement inline',
  "placement: 'worker'": '--placement worker',
  "placement: 'process'": '--placement process',
  "aot: 'background'": '--aot background',
  "aot: 'wait'": '--aot wait',
  "aot: 'off'": '--aot off',
  "aot: 'inline'": '--aot inline',
  "use 'background' or 'wait'": 'use --aot background or --aot wait',
  'the option aot': '--aot',
  'omit aot': 'omit --aot',
  'Omit aot': 'Omit --aot',
  'limits.cost': '--gas-limit',
  'limits.timeoutMs': '--time-limit',
  'limits.memoryPages': '--memory-page-limit',
  'The option library': 'The option --library',
  'The option plugins': '--plugin',
  'nativePlugins.publicKeys': '--public-key',
  'nativePlugins.lockFile': '--lock-file',
  'wasi.preopens': '--dir',
  'wasi.env': '--env',
  'Use runtime.instantiate() and call': 'Use --reactor and call',
  'pass it to createRuntime only once': 'name it only once',
  'Raise timeoutMs': 'Raise the limit',
  'the variable WASMEDGE_PLUGINS_AOT_CACHE or the option directory of the cache':
    'the variable WASMEDGE_PLUGINS_AOT_CACHE',
  'Allow more with timeoutMs': 'Allow more with --time-limit',
  'Allow more with maxMemoryBytes, or choose': 'Choose',
  'or choose a lower level': 'or a lower --level',
  "guestModels: 'allow'": '--nn-guest-models',
  "allowEnv: 'all'": '--allow-env-all',
  "the plug-in's option nativePath": '--native-plugin',
  // A plug-in that is installed and imported is given without being asked for.
  ' and pass it to createRuntime({ plugins })': '',
};

/** A quoted name, which may be a guest's and stays as it is, or an option. */
const pattern = new RegExp(
  ['"[^"]*"', ...Object.keys(flags).map((name) => name.replace(/[.(){}]/g, '\\$&'))].join('|'),
  'g',
);

/** Who runs a guest by the command has no host modules, and no other guests. */
const hostModuleAdvice =
  /Pass a host module "[^"]*"[^"]* to createRuntime, or instantiate a guest under that name first\./g;

/** A message of the API in the words of the command line. */
export function inFlags(message: string): string {
  return message
    .replace(
      hostModuleAdvice,
      'Load the native plug-in that has it with --native-plugin, or build the guest without this import.',
    )
    .replace(pattern, (found) => flags[found] ?? found);
}

import { addNativePlugin } from './native-plugin-flag.js';
import { addDir, addEnv, addValue, wholeNumber } from './parse-options.js';

/** An option of the command `run`: what commander is told, and what reads simple command lines without it. */
export interface RunOption {
  readonly flags: string;
  readonly description: string;
  readonly choices?: readonly string[];
  readonly default?: string;
  /** Reads a value, which comes after those that were read before. Default: the text as it is. */
  readonly parse?: (value: string, before: never) => unknown;
}

/** Options of `run` that do not come from plug-ins, as its help lists them. */
export const runOptions: readonly RunOption[] = [
  {
    flags: '--engine <name>',
    description: 'what executes the guest (default: v8, or what other options need)',
    choices: ['v8', 'wasmedge'],
  },
  {
    flags: '--placement <name>',
    description: 'where the guest runs: in this thread, in a worker, or in a child process',
    choices: ['inline', 'worker', 'process'],
    default: 'inline',
  },
  {
    flags: '--aot <mode>',
    description:
      'when the guest runs as native code compiled on this machine: once that is ready (background), from its first call on (wait), never (off), or once it is ready, in the process of the command (inline); engine wasmedge (default: background with --placement process, otherwise off)',
    choices: ['background', 'wait', 'off', 'inline'],
  },
  {
    flags: '--provider <name>',
    description: "where plug-ins' functions come from",
    choices: ['embedded', 'native'],
    default: 'embedded',
  },
  {
    flags: '--plugin <name>',
    description:
      'plug-in to load, by WasmEdge or package name; repeatable (default: those the guest imports)',
    parse: addValue,
  },
  {
    flags: '--forbidden-plugin <name>',
    description: 'plug-in to leave out; repeatable',
    parse: addValue,
  },
  {
    flags: '--dir <[guest:]host>',
    description: 'folder that the guest may use, and its name for the guest; repeatable',
    parse: addDir,
  },
  {
    flags: '--env <NAME=VALUE>',
    description: 'environment variable for the guest; repeatable',
    parse: addEnv,
  },
  {
    flags: '--reactor',
    description: 'call a function of the guest and print its results (the default when it exports no _start)',
  },
  {
    flags: '--gas-limit <cost>',
    description: 'maximum number of instructions per call; engine wasmedge',
    parse: wholeNumber(1),
  },
  {
    flags: '--time-limit <ms>',
    description:
      'maximum milliseconds per call, 0 for no limit; engine wasmedge, or placement worker or process',
    parse: wholeNumber(0, 2 ** 31 - 1),
  },
  {
    flags: '--memory-page-limit <pages>',
    description: 'maximum number of 64 KiB pages for all memories of the guest together',
    parse: wholeNumber(0, 65_536),
  },
  { flags: '--library <file>', description: 'the libwasmedge to use; engine wasmedge' },
  {
    flags: '--native-plugin <file[:option=value...]>',
    description: 'any native plug-in, with its options; engine wasmedge; repeatable',
    parse: addNativePlugin,
  },
  {
    flags: '--lock-file <file>',
    description: 'load only native plug-ins that are in this lock file',
  },
  {
    flags: '--public-key <file>',
    description:
      'load only native plug-ins that are signed with this Ed25519 key or in the lock file; repeatable',
    parse: addValue,
  },
  {
    flags: '--refuse-unverified',
    description: 'refuse native plug-ins that are neither in the lock file nor signed',
  },
  { flags: '--trace', description: 'print every call to a plug-in to stderr' },
  {
    flags: '--json',
    description:
      "print as JSON what came of it: results or exit code, the guest's output, and the error if there is one",
  },
  {
    flags: '--verbose',
    description:
      'say on stderr what was chosen and why, and why plug-ins gave the guest errors; show the stack trace of an error',
  },
];

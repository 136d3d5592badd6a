import { type CodeForm, compileAhead, type OptimizationLevel } from '@wasmedge-plugins/core';
import { Command, Option } from 'commander';
import { CompileProgress } from '../compile/compile-progress.js';
import { clearCache, listCache } from '../compile/look-after-cache.js';
import { untilInterrupted } from '../compile/until-interrupted.js';
import { UsageError } from '../errors.js';
import { print, printJson } from '../output/print.js';
import { size } from '../output/size.js';
import { wholeNumber } from '../run/parse-options.js';

interface CompileOptions {
  readonly level: string;
  readonly metered?: boolean;
  readonly interruptible?: boolean;
  readonly portable?: boolean;
  readonly library?: string;
  readonly timeLimit?: number;
  readonly list?: boolean;
  readonly clear?: boolean;
  readonly json?: boolean;
}

/** The command `compile`. */
export function compileCommand(): Command {
  return new Command('compile')
    .description('Compile guests to native code for engine wasmedge, ahead of time.')
    .argument('[guests...]', 'wasm files')
    .addOption(
      new Option('--level <level>', 'optimisation level; 0 compiles in a fraction of the time')
        .choices(['0', '1', '2', '3'])
        .default('2'),
    )
    .option('--metered', 'for runs with --gas-limit')
    .addOption(
      new Option('--interruptible', 'code that checks now and then whether it was cancelled').conflicts(
        'metered',
      ),
    )
    .option('--portable', 'for every processor of this architecture, not only for this one')
    .option('--library <file>', 'the libwasmedge that will run the guests')
    .option(
      '--time-limit <ms>',
      'maximum milliseconds for each guest (default: 600000)',
      wholeNumber(1, 2 ** 31 - 1),
    )
    .option('--list', 'list what is stored')
    .addOption(new Option('--clear', 'remove everything that is stored').conflicts('list'))
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `\nThe code is stored in the user's cache (WASMEDGE_PLUGINS_AOT_CACHE names another folder), which must not be writable for other users.
Progress is shown on stderr. Avoid level 1: with LLVM 19 it crashes the compiler for some guests.`,
    )
    .action(compile);
}

async function compile(guests: readonly string[], options: CompileOptions): Promise<void> {
  const { list = false, clear = false, json = false } = options;
  if (list || clear) {
    if (guests.length > 0) {
      throw new UsageError(
        `--${list ? 'list' : 'clear'} applies to everything that is stored; omit the guests.`,
      );
    }
    return list ? listCache(json) : clearCache(json);
  }
  if (guests.length === 0) throw new UsageError('Name the guests to compile, or use --list or --clear.');
  await untilInterrupted((signal) => compileAll(guests, options, signal));
}

async function compileAll(
  guests: readonly string[],
  options: CompileOptions,
  signal: AbortSignal,
): Promise<void> {
  const { level, metered, interruptible, portable, library, timeLimit, json } = options;
  const form: CodeForm = metered ? 'metered' : interruptible ? 'interruptible' : 'plain';
  const made = [];
  for (const guest of guests) {
    const progress = new CompileProgress(guest);
    try {
      const compiled = await compileAhead(guest, {
        ...{ level: Number(level) as OptimizationLevel, form, portable, library, signal },
        timeoutMs: timeLimit,
        onProgress: (step) => progress.at(step),
      });
      made.push({ file: guest, ...compiled });
      if (!json) print(line(guest, compiled));
    } finally {
      progress.end();
    }
  }
  if (json) printJson(made);
}

function line(guest: string, made: Awaited<ReturnType<typeof compileAhead>>): string {
  const { wasCached, isKept, bytes, elapsedMs, level, form, library } = made;
  const what = `${form} code, level ${level}, ${size(bytes)}, for libwasmedge ${library.version}`;
  if (wasCached) return `${guest}: was compiled before (${what})\n`;
  const kept = isKept ? '' : '; it could NOT be stored';
  return `${guest}: compiled in ${(elapsedMs / 1000).toFixed(1)} s (${what})${kept}\n`;
}

import { statSync } from 'node:fs';
import path from 'node:path';
import { generateGuestTypes } from '@wasmedge-plugins/core/guests';
import { readBoundedFile, readGuest } from '@wasmedge-plugins/core/run';
import { Command } from 'commander';
import { UsageError } from '../errors.js';
import { print } from '../output/print.js';
import { isReplaceable, writeOwnFile } from '../output/write-own-file.js';

interface TypesOptions {
  readonly output?: string;
  readonly force?: boolean;
}

/** The command `types`. */
export function typesCommand(): Command {
  return new Command('types')
    .description('Write TypeScript for a guest: its exports and imports, what it needs, and a typed load().')
    .argument('<guest>', 'wasm file')
    .option('-o, --output <file>', 'file to write: .ts, .mts, or .d.wasm.ts for a bundler; stdout without it')
    .option('--force', 'replace a file that this command did not write')
    .addHelpText(
      'after',
      `\nNothing is run. The text needs @wasmedge-plugins/core and nothing else. It finds the guest where it lies now, seen from
the file that is written.`,
    )
    .action(types);
}

function types(guest: string, { output, force = false }: TypesOptions): void {
  const { bytes } = readGuest(guest);
  // What a shell calls a pipe says nothing.
  const name = statSync(guest).isFile() ? path.basename(guest) : undefined;
  if (output === undefined) {
    print(generateGuestTypes(bytes, { name }));
    return;
  }
  const form = formOf(output);
  if (!statSync(guest).isFile()) {
    throw new UsageError(
      `${guest} is not a file, where a program could find the guest later; omit -o, or write the guest to a file`,
    );
  }
  const isThere = isReplaceable(output);
  if (isThere && !force) refuseForeignFile(output);
  const relative = path.relative(path.dirname(output), guest).replaceAll(path.sep, '/');
  writeOwnFile(output, generateGuestTypes(bytes, { name, path: relative, form }), isThere);
}

function formOf(output: string): 'module' | 'declarations' {
  if (/\.d(\.[^./\\]+)?\.m?ts$/.test(output)) return 'declarations';
  if (/\.m?ts$/.test(output)) return 'module';
  throw new UsageError(
    `${output} must be a TypeScript file of an ES module; name it .ts, .mts or .d.wasm.ts.`,
  );
}

/** More than any text that this command writes. */
const maxWrittenBytes = 2 ** 26;

/** Throws for a file that somebody may have written. */
function refuseForeignFile(output: string): void {
  const [, line = ''] = readBoundedFile(output, { maxBytes: maxWrittenBytes }).toString().split('\n', 2);
  if (line.includes('made by wasmedge-plugins.')) return;
  throw new UsageError(
    `${output} was not written by this command; name another file, or replace it with --force.`,
  );
}

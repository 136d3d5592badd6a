import { existsSync } from 'node:fs';
import { printableName } from '@wasmedge-plugins/core';
import {
  addToLock,
  findPlugins,
  inspectPluginFile,
  type LockedFile,
  lockEntries,
  lockFileName,
  readLockFile,
  writeLockFile,
} from '@wasmedge-plugins/core/plugins';
import { Command } from 'commander';
import { UsageError } from '../errors.js';
import { libraryInUse } from '../native-file/library-in-use.js';
import { print, printJson } from '../output/print.js';
import { type NamedFile, parseNamedFile, pluginNameOf } from '../trust/named-file.js';

interface LockOptions {
  readonly lockFile: string;
  readonly json?: boolean;
}

/** The command `lock`. */
export function lockCommand(): Command {
  return new Command('lock')
    .description('Write the SHA-256 of native plug-ins to a lock file: only these files are loaded with it.')
    .argument('[files...]', 'files, or name=file; without any, all files in the places where WasmEdge looks')
    .option('--lock-file <file>', 'the lock file; existing entries are kept', lockFileName)
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `\nNothing is run. Libraries shipped with a plug-in are locked with it. Commit the file, and use it with
wasmedge-plugins run --lock-file, or createRuntime({ nativePlugins: { lockFile } }).`,
    )
    .action(lock);
}

async function lock(files: string[], { lockFile, json }: LockOptions): Promise<void> {
  const named = files.length > 0 ? files.map(parseNamedFile) : await filesFound();
  let content = existsSync(lockFile) ? readLockFile(lockFile) : undefined;
  const written: ({ readonly plugin: string } & LockedFile)[] = [];
  for (const file of named) {
    const inspection = inspectPluginFile(file.path);
    const plugin = pluginNameOf(file, inspection);
    const entries = lockEntries(inspection);
    content = addToLock(content, plugin, entries);
    written.push(...entries.map((entry) => ({ plugin, ...entry })));
  }
  if (content !== undefined) {
    writeLockFile(lockFile, content);
  }
  if (json) {
    printJson({ lockFile, written });
    return;
  }
  const lines = [
    ...written.map(({ plugin, file, sha256 }) => `${plugin}: ${file}, SHA-256 ${sha256}`),
    `written to ${lockFile}`,
  ];
  print(lines.map((line) => `${printableName(line)}\n`).join(''));
}

async function filesFound(): Promise<readonly NamedFile[]> {
  const { library, problem } = await libraryInUse();
  const found = library === undefined ? [] : findPlugins({ library: library.path });
  if (found.length === 0) {
    const why = problem?.split('\n')[0] ?? 'there is no native plug-in in the places where WasmEdge looks';
    throw new UsageError(`name the files to lock: ${why}`);
  }
  return found.map(({ path }) => ({ path, name: undefined }));
}

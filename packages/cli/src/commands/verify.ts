import { basename } from 'node:path';
import { printableName, WasmEdgePluginsError } from '@wasmedge-plugins/core';
import {
  findPlugins,
  inspectPluginFile,
  lockFileName,
  type PluginLock,
  readLockFile,
  verifyPluginFile,
} from '@wasmedge-plugins/core/plugins';
import { Command } from 'commander';
import { exitCode } from '../exit-code.js';
import { asProblem } from '../native-file/examine-file.js';
import type { Problem } from '../native-file/file-state.js';
import { libraryInUse } from '../native-file/library-in-use.js';
import { inFlags } from '../output/in-flags.js';
import { print, printJson } from '../output/print.js';
import { addValue } from '../run/parse-options.js';
import { type NamedFile, parseNamedFile, pluginNameOf } from '../trust/named-file.js';
import { type TrustFlags, trustFrom } from '../trust/trust-flags.js';

interface VerifyOptions extends TrustFlags {
  readonly json?: boolean;
}

/** What became of one file, or of one entry of the lock file without a file. */
interface Verified {
  readonly plugin: string | undefined;
  readonly file: string;
  readonly ok: boolean;
  readonly sha256?: string;
  readonly verifiedBy?: readonly string[];
  readonly problem?: Problem;
}

/** The command `verify`. */
export function verifyCommand(): Command {
  return new Command('verify')
    .description(
      'Check native plug-ins against a lock file or signatures, as a runtime would before it loads them.',
    )
    .argument('[files...]', 'files, or name=file; without any, all files in the places where WasmEdge looks')
    .option('--lock-file <file>', `the lock file (default: ${lockFileName}, unless a key is given)`)
    .option(
      '--public-key <file>',
      'Ed25519 public key in PEM form that may have signed them; repeatable',
      addValue,
    )
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `\nThe signature of a file is next to it, in <file>.sig. Exits with 1 if nothing vouches for a file, or if it was changed;
without files, also if a plug-in of the lock file is missing.`,
    )
    .action(verify);
}

async function verify(files: string[], options: VerifyOptions): Promise<void> {
  const lockFile = options.lockFile ?? (options.publicKey === undefined ? lockFileName : undefined);
  const flags = { ...options, ...(lockFile !== undefined && { lockFile }), refuseUnverified: true };
  const named = files.length > 0 ? files.map(parseNamedFile) : await filesFound();
  const lock = lockFile === undefined ? undefined : readLockFile(lockFile);
  const results = named.map((file) => check(file, flags));
  const missing = files.length > 0 || lock === undefined ? [] : absent(lock, results);
  const all = [...results, ...missing];
  if (options.json) {
    printJson({ ok: all.every(({ ok }) => ok), files: all });
  } else {
    print(all.map(line).join(''));
  }
  if (all.some(({ ok }) => !ok)) {
    process.exitCode = exitCode.failure;
  }
}

function check(file: NamedFile, flags: TrustFlags): Verified {
  let plugin = file.name;
  try {
    const inspection = inspectPluginFile(file.path);
    plugin = pluginNameOf(file, inspection);
    const trust = trustFrom(flags) ?? {};
    const { sha256, verifiedBy } = verifyPluginFile(plugin, file.path, trust);
    // Libraries that it brings along are loaded with it.
    for (const { own, path } of inspection.libraries ?? []) {
      if (own && path !== undefined) {
        verifyPluginFile(plugin, path, trust);
      }
    }
    return { plugin, file: file.path, ok: true, sha256, verifiedBy };
  } catch (error) {
    // A wrong command line, or a lock file that cannot be read, is about all files.
    if (!WasmEdgePluginsError.isInstance(error) || !error.code.startsWith('ERR_NATIVE_PLUGIN')) {
      throw error;
    }
    return { plugin, file: file.path, ok: false, problem: asProblem(error) };
  }
}

/** Plug-ins that are locked for this machine and are not here. */
function absent({ plugins }: PluginLock, results: readonly Verified[]): Verified[] {
  return Object.entries(plugins).flatMap(([plugin, locked]) => {
    const own = locked.filter(
      ({ platform, architectures }) => platform === process.platform && architectures.includes(process.arch),
    );
    const [first] = own;
    if (first === undefined || results.some((result) => result.plugin === plugin)) {
      return [];
    }
    const message = `${first.file} of ${plugin} is in the lock file for this machine, but not in the places where WasmEdge looks. Install it, or name its file.`;
    return [
      { plugin, file: first.file, ok: false, problem: { code: 'ERR_NATIVE_PLUGIN_NOT_FOUND', message } },
    ];
  });
}

async function filesFound(): Promise<readonly NamedFile[]> {
  const { library } = await libraryInUse();
  const found = library === undefined ? [] : findPlugins({ library: library.path });
  return found.map(({ path }) => ({ path, name: undefined }));
}

function line({ plugin, file, ok, verifiedBy, problem }: Verified): string {
  return ok
    ? `${printableName(`ok: ${plugin} ${basename(file)}, by ${verifiedBy?.join(' and ')} (${file})`)}\n`
    : `NOT OK: ${inFlags(problem?.message ?? '').replaceAll('\n', '\n  ')} [${problem?.code}]\n`;
}

import { NativePluginUnverifiedError } from '../../errors/native-plugin-errors.js';
import type { Logger } from '../../logger/logger.js';
import type { NativePluginRequest } from '../../plugin/plugin.js';
import {
  inspectPluginFile,
  type PluginInspection,
  readPluginFile,
} from '../../plugin-file/inspect-plugin-file.js';
import { readTrust, type Trust } from '../../plugin-trust/trust.js';
import { type VerificationMethod, verifyPluginBytes } from '../../plugin-trust/verify-plugin.js';
import type { LoadedPlugin } from './loaded-plugins.js';
import { privateCopy, type VerifiedFile } from './private-copy.js';
import { isProbe } from './probe-plugin.js';

/** A file that may be loaded, and what vouches for it. */
export interface TrustedFile {
  readonly file: string;
  readonly verifiedBy: readonly VerificationMethod[];
}

/**
 * The file to load: the plug-in itself when nothing is to be verified or tried, else a private copy of the bytes that were. A change of the
 * file after it was read changes nothing.
 */
export function trustedFile(
  plugin: VerifiedFile,
  inspection: PluginInspection,
  name: string | undefined,
  request: NativePluginRequest,
  trust: Trust,
  logger: Logger,
): TrustedFile {
  const trusts = trustsFor(name, request, trust);
  if (trusts.length === 0 && (!inspection.isDoubtful || isProbe())) {
    return { file: plugin.path, verifiedBy: [] };
  }
  const own = (inspection.libraries ?? [])
    .filter((library) => library.own)
    .map(({ path }) => ({ path: path as string, bytes: readPluginFile(path as string) }));
  const verifiedBy = verifyFile(name, plugin, trusts, logger);
  for (const library of own) {
    verifyFile(name, library, trusts, logger);
  }
  const file = privateCopy(inspection, plugin, own);
  const methods = verifiedBy.join(' and ') || 'nothing';
  const why =
    trusts.length > 0
      ? `vouched for by ${methods}`
      : 'whose headers do not show whether it can be loaded safely';
  logger('debug', `The native plug-in ${plugin.path}, ${why}, is loaded from the copy ${file}.`);
  return { file, verifiedBy };
}

/** Verifies what an earlier runtime has loaded: the bytes of its private copy. Tells what vouches for it. */
export function requireTrusted(
  loaded: LoadedPlugin,
  request: NativePluginRequest,
  trust: Trust,
  logger: Logger,
): readonly VerificationMethod[] {
  const { name } = loaded.descriptor;
  const trusts = trustsFor(name, request, trust);
  if (trusts.length === 0) {
    return [];
  }
  if (loaded.file !== loaded.path) {
    return verifyFile(name, { path: loaded.path, bytes: readPluginFile(loaded.file) }, trusts, logger);
  }
  if (trusts.some(({ unverified }) => unverified === 'refuse')) {
    throw new NativePluginUnverifiedError(
      `The native plug-in ${name} is already loaded in this process, and the runtime that loaded it from ${loaded.path} did not verify it. Set nativePlugins for every runtime of the process, or use a separate process.`,
      { reason: 'unknown', sha256: inspectPluginFile(loaded.path).sha256 },
    );
  }
  return [];
}

/** What a runtime demands and what the plug-in's own option sha256 does; both must be met. */
function trustsFor(name: string | undefined, request: NativePluginRequest, trust: Trust): readonly Trust[] {
  const own = request.sha256 === undefined ? [] : [readTrust({ sha256: { [name ?? '']: request.sha256 } })];
  return trust.verifies ? [trust, ...own] : own;
}

function verifyFile(
  name: string | undefined,
  { path, bytes }: VerifiedFile,
  trusts: readonly Trust[],
  logger: Logger,
): readonly VerificationMethod[] {
  const methods = trusts.flatMap((trust) => {
    const { verifiedBy, sha256 } = verifyPluginBytes(name, path, bytes, trust);
    if (verifiedBy.length === 0 && trust.unverified === 'warn') {
      logger('warn', `Nothing vouches for the native plug-in ${path}; its SHA-256 is ${sha256}.`);
    }
    return verifiedBy;
  });
  return [...new Set(methods)];
}

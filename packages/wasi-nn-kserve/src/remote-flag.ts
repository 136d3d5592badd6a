import {
  InvalidArgumentError,
  type PluginCommandLineValue,
  type PluginOptionFlag,
} from '@wasmedge-plugins/core';
import type { KServeModel } from './source.js';

/** Names models on servers: `--nn-remote road=https://host:8000/road@3`. */
export const remoteFlag: PluginOptionFlag = {
  flags: '--nn-remote <model>',
  description:
    'model on an inference server that the guest can load by name, as name=https://host:port/model[@version], also grpc:// and grpcs://; repeatable',
  repeatable: true,
  read: (texts) => parseRemotes([texts].flat().map(String)),
};

/** The models that the values of a command line name. */
export function remotesOf(
  values: Readonly<Record<string, PluginCommandLineValue>>,
): Readonly<Record<string, KServeModel>> {
  return parseRemotes([values['nn-remote'] ?? []].flat().map(String));
}

/**
 * The models of `name=https://host:port/model[@version]`; a name that occurs several times has several servers.
 *
 * @throws {InvalidArgumentError} for a text of another form, and for servers of one name that are said to have different models.
 */
export function parseRemotes(texts: readonly string[]): Readonly<Record<string, KServeModel>> {
  const models = new Map<string, KServeModel>();
  for (const text of texts) {
    const { name, server, model, version } = parseRemote(text);
    const known = models.get(name);
    if (known !== undefined && (known.model !== model || known.version !== version)) {
      throw new InvalidArgumentError(`--nn-remote names two models ${name}; give each its own name.`);
    }
    models.set(name, { servers: [...(known?.servers ?? []), server], model, version });
  }
  return Object.fromEntries(models);
}

function parseRemote(text: string) {
  const [, name, server, model, version] =
    /^([^=]+)=([a-z]+:\/\/[^/]+(?:\/.*)?)\/([^/@]+)(?:@([^/@]+))?$/i.exec(text) ?? [];
  if (name !== undefined && server !== undefined && model !== undefined) {
    return { name, server, model: decode(model), version };
  }
  const secret = text.replace(/\/\/[^/]*@/, '//…@');
  throw new InvalidArgumentError(
    `--nn-remote "${secret}" must be name=https://host:port/model, with @version where it matters, such as road=grpc://localhost:8001/road@3.`,
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { releasedPlugins } from '@wasmedge-plugins/core';
import { type PluginInspection, pluginFileName } from '@wasmedge-plugins/core/plugins';
import { UsageError } from '../errors.js';

/** A file, and the plug-in that a person says it is. */
export interface NamedFile {
  readonly path: string;
  readonly name: string | undefined;
}

/** Reads `file` or `name=file`; a file that has a `=` in its name is a file. */
export function parseNamedFile(text: string): NamedFile {
  const equals = text.indexOf('=');
  return equals < 1 || existsSync(text)
    ? { path: text, name: undefined }
    : { path: text.slice(equals + 1), name: text.slice(0, equals) };
}

/**
 * The WasmEdge name of a plug-in's file, by which it is locked. Nothing is run to find it out: a file is locked because it is not trusted
 * yet.
 *
 * @throws {UsageError} when neither the person, nor the file, nor its name says it.
 */
export function pluginNameOf({ name, path }: NamedFile, { declared }: PluginInspection): string {
  const released = releasedPlugins.find((plugin) => pluginFileName(plugin.fileName) === basename(path));
  const found = name ?? declared.name ?? released?.name;
  if (found === undefined) {
    throw new UsageError(
      `${path} does not say its WasmEdge name without being run; name it, as in my_plugin=${path}`,
    );
  }
  if (name !== undefined && declared.name !== undefined && name !== declared.name) {
    throw new UsageError(`${path} is the plug-in ${declared.name}, not ${name}`);
  }
  return found;
}

import { basename } from 'node:path';
import type { ReleasedPlugin } from '@wasmedge-plugins/core';
import { pluginFileName } from '@wasmedge-plugins/core/plugins';
import type { FileState } from '../native-file/file-state.js';
import type { NativeState } from './doctor-report.js';
import type { ExaminedFiles } from './examine-files.js';

/** Libraries by which the file of a WASI-NN backend can be told from that of another: all have one name. */
const librariesOf = { openvino: /openvino/i, pytorch: /torch/i, tflite: /tensorflow-?lite/i } as const;

/** What the files that were found mean for one plug-in. */
export function nativeState(plugin: ReleasedPlugin, { files, notTried }: ExaminedFiles): NativeState {
  const own = files.filter((file) => isFileOf(plugin, file));
  // The first that loads is the one that is used; the first of all says why none does.
  const file = own.find(({ loads }) => loads) ?? own[0];
  if (file === undefined) {
    const path = notTried.find((other) => basename(other) === pluginFileName(plugin.fileName));
    return path === undefined ? { installed: false } : { installed: true, path };
  }
  const { path, loads, problems } = file;
  const [problem] = problems;
  return {
    installed: true,
    path,
    ...(loads !== undefined && { loads }),
    ...(problem?.code !== undefined && { code: problem.code }),
    ...(problem !== undefined && { problem: problem.message }),
  };
}

function isFileOf({ name, backend, fileName }: ReleasedPlugin, file: FileState): boolean {
  if (file.name !== name && basename(file.path) !== pluginFileName(fileName)) {
    return false;
  }
  const needed = file.inspection?.needed ?? [];
  const tells = Object.entries(librariesOf).find(([, pattern]) =>
    needed.some((library) => pattern.test(library)),
  );
  return backend === undefined || tells === undefined || tells[0] === backend;
}

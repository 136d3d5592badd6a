import { knownPlugins } from '@wasmedge-plugins/core';

/** What a guest of a plug-in can do nothing without, in the form of the option that gives it. */
const options: Readonly<Record<string, string>> = {
  wasi_nn: '--nn-preload NAME:ENCODING:TARGET:FILE',
  wasmedge_httpsreq: '--allow-host HOST',
  wasmedge_process: '--allow-command COMMAND',
};

/** Options of `run` without which a guest that imports these modules is refused all that they do. */
export function optionsFor(modules: readonly string[]): readonly string[] {
  return knownPlugins
    .filter(({ moduleNames }) => moduleNames.some((name) => modules.includes(name)))
    .flatMap(({ name }) => options[name] ?? []);
}

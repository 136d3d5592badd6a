/** What a guest of a module can do nothing without, in the form of the option that gives it. */
const options: Readonly<Record<string, string>> = {
  httpsreq: '--allow-host HOST',
  wasi_ephemeral_nn: '--nn-preload NAME:ENCODING:TARGET:FILE',
  wasmedge_process: '--allow-command COMMAND',
};

/** Options of `run` without which a guest that imports these modules is refused all that they do. */
export function optionsFor(modules: readonly string[]): readonly string[] {
  return Object.entries(options).flatMap(([module, option]) => (modules.includes(module) ? [option] : []));
}

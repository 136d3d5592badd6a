// @ts-check
import { existsSync } from 'node:fs';
import { capture } from '../lib/run.mjs';
import { backendEnvironment } from '../setup/setup.mjs';

/** The variables of the set-up that name libraries. */
const variables = /** @type {Readonly<Record<string, string>>} */ ({
  openvino: 'WASMEDGE_PLUGINS_OPENVINO',
  tflite: 'WASMEDGE_PLUGINS_TENSORFLOW_LITE',
  libtorch: 'WASMEDGE_PLUGINS_LIBTORCH',
  triton: 'WASMEDGE_PLUGINS_TRITON',
});

/** What else tells that something is there. @type {Readonly<Record<string, () => boolean>>} */
const tools = {
  libtorch: () => existsSync('/usr/include/torch'),
  'rust-wasip1': hasRustTarget,
  clang: () => canLink('--target=wasm32', '-nostdlib'),
  'clang-wasi': () => canLink('--target=wasm32-wasi', '-nostartfiles', '-lc'),
};

/** Whether clang, its linker and what is linked are there. @param {...string} flags */
function canLink(...flags) {
  const nothing = ['-Wl,--no-entry', '-x', 'c', '/dev/null', '-o', '/dev/null'];
  return capture('clang', [...flags, ...nothing]).code === 0;
}

function hasRustTarget() {
  const { code, stdout } = capture('rustc', ['--print', 'target-libdir', '--target', 'wasm32-wasip1']);
  return code === 0 && existsSync(stdout.trim());
}

/**
 * Why what needs a library or a tool is left out. Where CI_REQUIRE names it, it runs all the same, and fails.
 * @param {{ needs: string | undefined }} block
 * @param {NodeJS.ProcessEnv} [environment]
 */
export function lacking({ needs }, environment = { ...process.env, ...backendEnvironment() }) {
  if (needs === undefined) return undefined;
  const known = [...Object.keys(variables), ...Object.keys(tools)];
  if (!known.includes(needs)) throw new Error(`needs=${needs}: known are ${known.join(', ')}.`);
  if (environment[variables[needs] ?? ''] || tools[needs]?.()) return undefined;
  return environment.CI_REQUIRE?.split(/[\s,]+/).includes(needs) ? undefined : `there is no ${needs}`;
}

import { checkCompileOptions } from './check-options.js';
import { chooseEngine } from './choose-engine.js';
import { CompiledGuest } from './compiled-guest.js';
import { LoadedGuest, loadGuest } from './load-guest.js';
import { namingGuest } from './naming-guest.js';
import { openCompiler } from './open-engine.js';
import type { CompileGuestOptions } from './runtime-options.js';

/**
 * Reads, checks and compiles a guest once, for many calls of `run` and `instantiate` in any number of runtimes: each call then only makes
 * an instance. Files are read and code is compiled (on `wasmedge`: parsed and validated) outside the event loop; the bytes are copied, so
 * later changes to the array or file have no effect. The time does not count towards any `limits.timeoutMs`.
 *
 * Each runtime keeps its own limits. If they call for a different form of the guest than the one that was compiled (memories that could
 * grow beyond another `limits.memoryPages`, tables without a maximum when other guests have taken their share, sockets as WASI preview 1
 * has them), the runtime compiles that form when it first needs it; the latest four are kept with the guest.
 *
 * @param source the path or file URL of a wasm file, or its bytes.
 * @throws {GuestNotFoundError} when its file cannot be read.
 * @throws {InvalidArgumentError} for a source or an option of the wrong type, or an unknown option.
 * @throws {InvalidGuestError} when it is not a valid module, or has more of something than is accepted.
 * @throws {LibraryNotFoundError} for engine `wasmedge` when no libwasmedge is found.
 * @throws {LibraryVersionError} when the libwasmedge has a version that is not supported.
 * @throws {MemoryLimitError} when its memories or tables start with more than they may have.
 * @throws {UnsupportedByEngineError} when `library` is given for engine `v8`.
 * @example
 * using guest = await compileGuest('guest.wasm');
 * for (const input of inputs) {
 *   using runtime = await createRuntime({ wasi: { stdin: input } });
 *   runtime.run(guest);
 * }
 */
export async function compileGuest(
  source: string | URL | Uint8Array,
  options: CompileGuestOptions = {},
): Promise<CompiledGuest> {
  checkCompileOptions(options);
  const { engine } = chooseEngine(options);
  const loaded = await loadGuest(source);
  const { guests, compile } = await openCompiler(engine, options);
  const code = namingGuest(loaded.label, () => guests.takeUnkept(loaded.bytes));
  try {
    await compile(loaded.label, code);
  } catch (error) {
    code.letGo();
    throw error;
  }
  return new CompiledGuest(engine, new LoadedGuest(loaded, code.reading.bytes), guests, code);
}

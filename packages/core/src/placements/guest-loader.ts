import type { GuestSource, Runtime } from '../runtime/runtime.js';
import type { Signature } from '../values/signature.js';
import { createRuntime, type InlineRuntimeOptions, type PlacedRuntimeOptions } from './create-runtime.js';
import type { PlacedRuntime } from './interface/placed-runtime.js';
import type { GuestShape, TypedInstance, TypedPlacedInstance } from './interface/typed-guest.js';

/** Options for an instance in a given runtime. */
export interface GuestLoadOptions {
  /** A name under which later guests of the runtime can import this one's exports. Default: none. */
  readonly name?: string | undefined;
}

/**
 * Instantiates one guest, whose exports are known to the compiler: in a given runtime, or in a new one that ends with the instance.
 */
export interface GuestLoader<Shape extends GuestShape> {
  /**
   * In a runtime in another thread or process; the guest's functions return promises.
   *
   * @throws the errors of `PlacedRuntime.instantiate`.
   */
  (runtime: PlacedRuntime, options?: GuestLoadOptions): Promise<TypedPlacedInstance<Shape>>;
  /**
   * In a runtime in this thread.
   *
   * @throws the errors of `Runtime.instantiate`.
   */
  (runtime: Runtime, options?: GuestLoadOptions): Promise<TypedInstance<Shape>>;
  /**
   * In a new runtime in another thread or process, which ends with the instance.
   *
   * @throws the errors of `createRuntime` and `PlacedRuntime.instantiate`.
   */
  (options: PlacedRuntimeOptions): Promise<TypedPlacedInstance<Shape>>;
  /**
   * In a new runtime in this thread, which ends with the instance.
   *
   * @param options of `createRuntime`. Default: engine `v8`, without plug-ins.
   * @throws the errors of `createRuntime` and `Runtime.instantiate`.
   */
  (options?: InlineRuntimeOptions): Promise<TypedInstance<Shape>>;
}

/**
 * A function that instantiates a guest with its types. Text from `generateGuestTypes` and `wasmedge-plugins types` calls it.
 *
 * @typeParam Shape what the guest exports.
 * @param guest where the guest is, or its bytes.
 * @param signatures of its functions, which are compared with those of the guest each time.
 */
export function guestLoader<Shape extends GuestShape>(
  guest: GuestSource,
  signatures: Readonly<Record<string, Signature>>,
): GuestLoader<Shape> {
  const load = async (
    given: Runtime | PlacedRuntime | InlineRuntimeOptions | PlacedRuntimeOptions = {},
    options: GuestLoadOptions = {},
  ): Promise<unknown> => {
    if (isRuntime(given)) return given.instantiate(guest, { ...options, exports: signatures });
    const runtime = await createRuntime(given);
    try {
      return endWith(await runtime.instantiate(guest, { exports: signatures }), runtime);
    } catch (error) {
      await end(runtime);
      throw error;
    }
  };
  return load as GuestLoader<Shape>;
}

function isRuntime(value: object): value is Runtime | PlacedRuntime {
  return 'instantiate' in value && typeof value.instantiate === 'function';
}

async function end(runtime: Runtime | PlacedRuntime): Promise<void> {
  if (Symbol.asyncDispose in runtime) await runtime[Symbol.asyncDispose]();
  else runtime[Symbol.dispose]();
}

/** Makes disposing an instance dispose its runtime, which nobody else uses. */
function endWith(instance: object, runtime: Runtime | PlacedRuntime): object {
  return Symbol.asyncDispose in runtime
    ? Object.defineProperty(instance, Symbol.asyncDispose, { value: () => runtime[Symbol.asyncDispose]() })
    : Object.defineProperty(instance, Symbol.dispose, { value: () => runtime[Symbol.dispose]() });
}

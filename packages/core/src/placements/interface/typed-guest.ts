import type { GuestMemory } from '../../memory/guest-memory.js';
import type { Instance } from '../../runtime/runtime.js';
import type { GuestGlobal } from '../../values/guest-global.js';
import type { GuestTable } from '../../values/guest-table.js';
import type { GuestResultValue, ValueOf, ValueType } from '../../values/value-types.js';
import type { CallOptions } from './call-options.js';
import type { PlacedGlobal, PlacedInstance } from './placed-runtime.js';

/** What a guest exports, for the compiler; `generateGuestTypes` and `wasmedge-plugins types` write one for a guest. */
export interface GuestShape {
  /** An interface of its functions, by their names. */
  readonly functions: object;
  /** Names of its memories, as a union. */
  readonly memories: string;
  /** Whether its memory 0 is exported, so that the host can always reach it. Default: not known to be. */
  readonly hasMemory?: true;
  /** Values of its globals, by their names; `readonly` where they cannot be set. */
  readonly globals: object;
  /** Names of its tables, as a union. */
  readonly tables: string;
}

/** A global whose value type is known. */
export type TypedGlobal<Value> = GuestGlobal<Value & GuestResultValue>;

/** A global of an instance in another thread or process whose value type is known. */
export interface TypedPlacedGlobal<Value> extends PlacedGlobal {
  /**
   * Its current value.
   *
   * @throws the errors of {@link PlacedGlobal.get}.
   */
  get(options?: CallOptions): Promise<Value & (number | bigint)>;
  /**
   * Sets its value.
   *
   * @throws the errors of {@link PlacedGlobal.set}.
   */
  set(value: Value & (number | bigint), options?: CallOptions): Promise<void>;
}

/** Functions as an instance in another thread or process has them: each returns a promise. */
export type PromisedFunctions<Functions> = {
  readonly [Name in keyof Functions]: Functions[Name] extends (...args: infer Args) => infer Result
    ? (...args: Args) => Promise<Result>
    : never;
};

/** An instance, in the calling thread, of a guest whose exports are known. */
export interface TypedInstance<Shape extends GuestShape> extends Instance<Shape['functions']> {
  /** The guest's memory 0; `undefined` only where the guest does not export it and the engine cannot reach it. */
  readonly memory: Shape['hasMemory'] extends true ? GuestMemory : GuestMemory | undefined;
  /**
   * An exported memory by name.
   *
   * @throws the errors of {@link Instance.exportedMemory}.
   */
  exportedMemory(name: Shape['memories']): GuestMemory;
  /**
   * An exported global by name.
   *
   * @throws the errors of {@link Instance.exportedGlobal}.
   */
  exportedGlobal<Name extends keyof Shape['globals'] & string>(
    name: Name,
  ): TypedGlobal<Shape['globals'][Name]>;
  /**
   * The same, with its type stated, as of any instance.
   *
   * @throws the errors of {@link Instance.exportedGlobal}.
   */
  exportedGlobal<const Type extends ValueType>(
    name: keyof Shape['globals'] & string,
    type: Type,
  ): GuestGlobal<ValueOf[Type]>;
  /**
   * An exported table by name.
   *
   * @throws the errors of {@link Instance.exportedTable}.
   */
  exportedTable(name: Shape['tables']): GuestTable;
}

/** An instance, in another thread or process, of a guest whose exports are known. */
export interface TypedPlacedInstance<Shape extends GuestShape>
  extends PlacedInstance<PromisedFunctions<Shape['functions']>> {
  /**
   * An exported global by name.
   *
   * @throws the errors of {@link PlacedInstance.exportedGlobal}.
   */
  exportedGlobal<Name extends keyof Shape['globals'] & string>(
    name: Name,
  ): TypedPlacedGlobal<Shape['globals'][Name]>;
}

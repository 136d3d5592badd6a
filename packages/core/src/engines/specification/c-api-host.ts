import { wat } from '../../__fixtures__/wat.js';
import type { Library } from '../../native/library.js';
import { NativeArea } from '../../native/native-area.js';
import type { Pointer } from '../../native/native-functions.js';
import { valueSize } from '../../native/value-slots.js';
import type { ValueType } from '../../values/value-types.js';
import type { Command, ScriptValue } from './script.js';
import type { HostFailure, ScriptHost } from './script-host.js';
import { bitsOf, type GivenValue } from './values.js';

/** What the tests import from the module "spectest", as a guest: what its functions print is not looked at. */
const spectest = wat(`(module
  (func (export "print"))
  (func (export "print_i32") (param i32))
  (func (export "print_i64") (param i64))
  (func (export "print_f32") (param f32))
  (func (export "print_f64") (param f64))
  (func (export "print_i32_f32") (param i32 f32))
  (func (export "print_f64_f64") (param f64 f64))
  (global (export "global_i32") i32 (i32.const 666))
  (global (export "global_i64") i64 (i64.const 666))
  (global (export "global_f32") f32 (f32.const 666.6))
  (global (export "global_f64") f64 (f64.const 666.6))
  (table (export "table") 10 20 funcref)
  (memory (export "memory") 1 2))`);

const categories = { load: 1, validation: 2, instantiation: 3 };
const mostValues = 32;

/** libwasmedge without this package: the C functions, one after the other, as its documentation calls them. */
export class CApiHost implements ScriptHost<Pointer> {
  readonly #library: Library;
  readonly #configure: Pointer;
  readonly #loader: Pointer;
  readonly #validator: Pointer;
  readonly #executor: Pointer;
  readonly #store: Pointer;
  readonly #instances: Pointer[] = [];
  readonly #input = new NativeArea(mostValues * valueSize);
  readonly #output = new NativeArea(mostValues * valueSize);

  constructor(library: Library) {
    const { c } = library;
    this.#library = library;
    this.#configure = Number(c.ConfigureCreate());
    c.ConfigureSetForceInterpreter(this.#configure, true);
    this.#loader = Number(c.LoaderCreate(this.#configure));
    this.#validator = Number(c.ValidatorCreate(this.#configure));
    this.#executor = Number(c.ExecutorCreate(this.#configure, 0));
    this.#store = Number(c.StoreCreate());
    this.instantiate(spectest, 'spectest');
  }

  leavesOut(command: Command): string | undefined {
    return command.type === 'assert_exhaustion'
      ? 'endless recursion, which nothing in the interpreter ends'
      : undefined;
  }

  instantiate(bytes: Uint8Array, name: string | undefined): Pointer {
    const { c, out, strings } = this.#library;
    this.#check(c.LoaderParseFromBuffer(this.#loader, out.address, bytes, bytes.byteLength));
    const module = Number(out.u64[0]);
    try {
      this.#check(c.ValidatorValidate(this.#validator, module));
      this.#check(
        name === undefined
          ? c.ExecutorInstantiate(this.#executor, out.address, this.#store, module)
          : c.ExecutorRegister(this.#executor, out.address, this.#store, module, strings.pass(name)),
      );
      const instance = Number(out.u64[0]);
      this.#instances.push(instance);
      return instance;
    } finally {
      c.ASTModuleDelete(module);
    }
  }

  invoke(
    instance: Pointer,
    field: string,
    args: readonly ScriptValue[],
    expected: readonly ScriptValue[],
  ): readonly GivenValue[] {
    const { c, strings } = this.#library;
    const found = Number(c.ModuleInstanceFindFunction(instance, strings.pass(field)));
    if (found === 0) throw new Error(`no function ${field}`);
    for (const [index, value] of args.entries()) this.#write(value, index);
    const type = Number(c.FunctionInstanceGetFunctionType(found));
    const results = c.FunctionTypeGetReturnsLength(type);
    this.#check(
      c.ExecutorInvoke(
        this.#executor,
        found,
        this.#input.address,
        args.length,
        this.#output.address,
        results,
      ),
    );
    return Array.from({ length: results }, (_, index) => {
      const [low = 0n, high = 0n] = this.#output.u64.subarray(index * 4);
      return this.#given(low, high, expected[index]?.type);
    });
  }

  get(instance: Pointer, field: string, expected: readonly ScriptValue[]): readonly GivenValue[] {
    const { c, strings } = this.#library;
    const found = Number(c.ModuleInstanceFindGlobal(instance, strings.pass(field)));
    if (found === 0) throw new Error(`no global ${field}`);
    const { low, high } = c.GlobalInstanceGetValue(found);
    return [this.#given(BigInt(low), BigInt(high), expected[0]?.type)];
  }

  failureOf(error: unknown): HostFailure {
    if (!(error instanceof CApiError)) return { kind: 'other', message: String(error) };
    const { code, message } = error;
    switch ((code >> 8) & 0xff) {
      case categories.load:
      case categories.validation:
        return { kind: 'invalid', message };
      case categories.instantiation:
        return { kind: /import/.test(message) ? 'unlinkable' : 'trap', message };
      default:
        return { kind: 'trap', message };
    }
  }

  [Symbol.dispose](): void {
    const { c } = this.#library;
    // Each may use what was made before it.
    for (const instance of this.#instances.reverse()) c.ModuleInstanceDelete(instance);
    c.StoreDelete(this.#store);
    c.ExecutorDelete(this.#executor);
    c.ValidatorDelete(this.#validator);
    c.LoaderDelete(this.#loader);
    c.ConfigureDelete(this.#configure);
    this.#input[Symbol.dispose]();
    this.#output[Symbol.dispose]();
  }

  #write(value: ScriptValue, index: number): void {
    const { valueTypes } = this.#library;
    const code = valueTypes[value.type as ValueType];
    const isReference = value.type === 'externref' || value.type === 'funcref';
    const bits = isReference ? 0n : bitsOf(value);
    // A reference is its type and a pointer, of which the library looks at none but null.
    const [low, high] = isReference
      ? [code, value.value === 'null' ? 0n : BigInt(String(value.value)) + 1n]
      : [BigInt.asUintN(64, bits), bits >> 64n];
    this.#input.u64.set([low, high, code, 0n], index * 4);
  }

  #given(low: bigint, high: bigint, type: string | undefined): GivenValue {
    switch (type) {
      case 'externref':
        return { reference: high === 0n ? null : Number(high - 1n) };
      case 'funcref':
        return { reference: high === 0n ? null : 'function' };
      case 'i32':
      case 'f32':
        return { bits: BigInt.asUintN(32, low) };
      case 'v128':
        return { bits: low | (high << 64n) };
      default:
        return { bits: low };
    }
  }

  #check(code: number): void {
    if (code !== 0) throw new CApiError(code, this.#library.c.ResultGetMessage(code));
  }
}

class CApiError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

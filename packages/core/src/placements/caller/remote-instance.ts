import { MemoryRangeError } from '../../errors/host-function-errors.js';
import { UnknownExportError } from '../../errors/link-errors.js';
import { CannotCrossError } from '../../errors/placement-errors.js';
import { shownName } from '../../errors/printable.js';
import { toOffset } from '../../memory/guest-pointer.js';
import type { ExternalType } from '../../module-types/external-types.js';
import { checkOptionNames } from '../../options/check-option-names.js';
import { checkCallBounds } from '../../runtime/check-options.js';
import { exportTypesOf } from '../../runtime/export-types-of.js';
import { exportsObject } from '../../runtime/exports-object.js';
import { checkSignature, requireSignature } from '../../runtime/require-signature.js';
import { describeValue, refuseArgument } from '../../values/check-arguments.js';
import type { Signature } from '../../values/signature.js';
import type { ValueType } from '../../values/value-types.js';
import type { CallOptions } from '../interface/call-options.js';
import type { PlacedFunctionOf } from '../interface/placed-exports.js';
import type {
  PlacedGlobal,
  PlacedInstance,
  PlacedMemoryOptions,
  PlacedWriteOptions,
} from '../interface/placed-runtime.js';
import type { DescribedExport, DescribedInstance, Request } from '../protocol/messages.js';
import { copyOf } from '../protocol/spare-bytes.js';
import type { Answer, CallBounds } from './call-bounds.js';
import { checkArguments } from './check-arguments-of-call.js';
import { checkCallOptions } from './check-call-options.js';
import type { Member } from './member.js';
import { requireBytes } from './require-bytes.js';

type Call = (
  options: CallOptions & Pick<CallBounds, 'results'>,
  requests: (member: Member) => readonly Request[],
  home: Member,
) => Promise<Answer>;

const noOptions = {};

/** An instance in another thread or process. */
export class RemoteInstance implements PlacedInstance<object> {
  readonly #number: number;
  readonly #described: readonly DescribedExport[];
  readonly #home: Member;
  readonly #callMember: Call;
  /** How many bytes its memories have at least, by name. */
  readonly #sizes = new Map<string | undefined, number>();
  #exports: object | undefined;
  #exportTypes: ReadonlyMap<string, ExternalType> | undefined;
  #isDisposed = false;

  constructor({ number, exports }: DescribedInstance, home: Member, call: Call) {
    this.#number = number;
    this.#described = exports;
    this.#home = home;
    this.#callMember = call;
  }

  get exports(): object {
    if (this.#exports === undefined) {
      const functions = this.#described.filter(({ type }) => type.kind === 'function');
      this.#exports = exportsObject(
        new Map(functions.map((entry) => [entry.name, this.#exported(entry)] as const)),
        (name) => this.#unknown(name, 'function'),
      );
    }
    return this.#exports;
  }

  get exportTypes(): ReadonlyMap<string, ExternalType> {
    this.#exportTypes ??= exportTypesOf(this.#described);
    return this.#exportTypes;
  }

  exportedFunction<const S extends Signature>(name: string, signature: S): PlacedFunctionOf<S> {
    checkSignature(signature);
    const found = this.exportTypes.get(name);
    if (found?.kind !== 'function') this.#unknown(name, 'function');
    requireSignature('The guest', name, found, signature);
    return (this.exports as Readonly<Record<string, PlacedFunctionOf<S>>>)[name] as PlacedFunctionOf<S>;
  }

  async call(name: string, args: readonly unknown[], options: CallOptions = noOptions): Promise<never> {
    checkCallOptions('call()', options);
    checkArguments('call()', args);
    if (!this.#described.some((entry) => entry.name === name && entry.type.kind === 'function')) {
      this.#unknown(name, 'function');
    }
    return (await this.#callExport(name, args, options, this.#signatureOf(name))) as never;
  }

  /** Views do not cross. */
  get memory(): never {
    throw new CannotCrossError(
      'The memory of an instance in another thread or process cannot be viewed; use readMemory() and writeMemory(), which copy.',
    );
  }

  async readMemory(pointer: number | bigint, length: number, options: PlacedMemoryOptions = noOptions) {
    const { memory, ...bounds } = checkMemoryOptions('readMemory()', options);
    const wanted = toOffset(length);
    if (Number.isNaN(wanted)) {
      throw new MemoryRangeError(
        `${describeValue(length)} is not a number of bytes; pass a whole number from 0.`,
      );
    }
    const { value, bytes } = await this.#request(
      { kind: 'read', instance: this.#number, memory, at: pointer, length: wanted },
      bounds,
    );
    this.#learn(memory, value);
    return bytes as Uint8Array<ArrayBuffer>;
  }

  async writeMemory(
    pointer: number | bigint,
    bytes: Uint8Array,
    options: PlacedWriteOptions = noOptions,
  ): Promise<void> {
    const { transfer = false, ...rest } = options;
    const { memory, ...bounds } = checkMemoryOptions('writeMemory()', rest);
    requireBytes('writeMemory()', bytes);
    const sent = transfer || !this.#home.transport.movesBytes ? bytes : copyOf(bytes);
    const request = { kind: 'write', instance: this.#number, memory, at: pointer, bytes: sent } as const;
    const requests = () => [{ ...request, isSure: this.#isSure(memory, pointer, sent) }];
    const { value } = await this.#callMember(bounds, requests, this.#home);
    this.#learn(memory, value);
  }

  memoryPages(options: PlacedMemoryOptions = noOptions): Promise<number> {
    return this.#pages('memoryPages()', undefined, options);
  }

  growMemory(pages: number, options: PlacedMemoryOptions = noOptions): Promise<number> {
    return this.#pages('growMemory()', pages, options);
  }

  exportedGlobal(name: string): PlacedGlobal {
    if (!this.#described.some((entry) => entry.name === name && entry.type.kind === 'global')) {
      this.#unknown(name, 'global');
    }
    const instance = this.#number;
    return {
      get: async (options) => {
        checkCallOptions('get()', options);
        return (await this.#request({ kind: 'getGlobal', instance, name }, options)).value as number | bigint;
      },
      set: async (value, options) => {
        checkCallOptions('set()', options);
        await this.#request({ kind: 'setGlobal', instance, name, value }, options);
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true;
    // With its thread or process it is gone anyway.
    if (this.#home.error !== undefined) return;
    try {
      await this.#request({ kind: 'disposeInstance', instance: this.#number });
    } catch (error) {
      if (this.#home.error === undefined) throw error;
    }
  }

  #exported(entry: DescribedExport): (...args: never[]) => Promise<unknown> {
    const { name } = entry;
    const signature = signatureOf(entry);
    if (name === 'then') {
      return (...args: readonly unknown[]) => {
        // A promise that is given the exports calls it, and hears only what is thrown.
        refuseReferences(name, args, signature?.params);
        return this.#callExport(name, args, noOptions, signature);
      };
    }
    return (...args: readonly unknown[]) => this.#callExport(name, args, noOptions, signature);
  }

  async #callExport(
    name: string,
    args: readonly unknown[],
    { timeoutMs, signal }: CallOptions,
    signature: Signature | undefined,
  ): Promise<unknown> {
    refuseReferences(name, args, signature?.params);
    const { results } = signature ?? {};
    const request: Request = { kind: 'call', instance: this.#number, name, args };
    return (await this.#callMember({ timeoutMs, signal, results }, () => [request], this.#home)).value;
  }

  #signatureOf(name: string): Signature | undefined {
    const entry = this.#described.find((each) => each.name === name && each.type.kind === 'function');
    return entry && signatureOf(entry);
  }

  async #pages(subject: string, grow: number | undefined, options: PlacedMemoryOptions): Promise<number> {
    const { memory, ...bounds } = checkMemoryOptions(subject, options);
    return (await this.#request({ kind: 'pages', instance: this.#number, memory, grow }, bounds))
      .value as number;
  }

  /** Notes how many bytes a memory has, where the answer tells. */
  #learn(memory: string | undefined, bytes: unknown): void {
    if (typeof bytes === 'number') this.#sizes.set(memory, bytes);
  }

  /** Whether writing cannot fail. Memories do not shrink. */
  #isSure(memory: string | undefined, at: number | bigint, { byteLength }: Uint8Array): boolean {
    const size = this.#isDisposed ? 0 : (this.#sizes.get(memory) ?? 0);
    const start = Number(at);
    return Number.isInteger(start) && start >= 0 && start + byteLength <= size;
  }

  #request(request: Request, options: CallOptions = noOptions): Promise<Answer> {
    return this.#callMember(options, () => [request], this.#home);
  }

  #unknown(name: string, kind: string): never {
    const same = this.#described
      .filter((entry) => entry.type.kind === kind)
      .map((entry) => shownName(entry.name));
    throw new UnknownExportError(
      `The guest exports no ${kind} "${shownName(name)}"; it exports ${same.length === 0 ? `no ${kind}` : same.slice(0, 20).join(', ')}.`,
    );
  }
}

function signatureOf({ type }: DescribedExport): Signature | undefined {
  return type.kind === 'function' ? type.signature : undefined;
}

/**
 * @param params types of the parameters, where they are known.
 * @throws {CannotCrossError} for an argument that is a reference.
 * @throws {InvalidArgumentError} for an object where the guest takes a number.
 */
export function refuseReferences(
  name: string,
  args: readonly unknown[],
  params: readonly ValueType[] = [],
): void {
  const wrong = args.findIndex((value) => typeof value === 'function' || typeof value === 'object');
  if (wrong === -1) return;
  const type = params[wrong];
  if (typeof args[wrong] === 'object' && type !== undefined && type !== 'externref' && type !== 'funcref') {
    refuseArgument(name, params, wrong, args[wrong]);
  }
  throw new CannotCrossError(
    `Argument ${wrong + 1} of "${shownName(name)}" is a reference (${describeValue(args[wrong])}), which cannot go to another thread or process; pass numbers, or use placement 'inline'.`,
  );
}

function checkMemoryOptions(subject: string, options: PlacedMemoryOptions): PlacedMemoryOptions {
  checkOptionNames<PlacedMemoryOptions>(subject, options, { memory: true, timeoutMs: true, signal: true });
  checkCallBounds(subject, options);
  return options;
}

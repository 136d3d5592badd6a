import { CannotCrossError } from '../../errors/placement-errors.js';
import type { HostFunction, HostModule } from '../../host-module/host-module.js';
import type { HostObjects } from '../../host-module/host-object.js';
import { describeValue, fitsType } from '../../values/check-arguments.js';
import { isPromise, refuseResult } from '../../values/check-result.js';
import type {
  CallerFunctionQuestion,
  PackedCallerFunction,
  PackedCallerModule,
} from '../protocol/caller-functions.js';
import { notAMessage } from '../protocol/read-head.js';
import type { Reply } from './caller-lane.js';
import type { LaneOwner } from './lane-owner.js';
import { RemoteCaller } from './remote-caller.js';
import type { WaitingGuest } from './waiting-guest.js';

/** How many instances of a member are remembered. It says itself which are gone, and may keep silent. */
const maxInstances = 65_536;

interface KeptFunction {
  readonly name: string;
  readonly target: HostFunction & Required<Pick<HostFunction, 'onCaller'>>;
}

/** The host functions that stay here while their guests run elsewhere. */
export class CallerFunctions {
  readonly #functions: KeptFunction[] = [];
  readonly #instances = new WeakMap<LaneOwner, Map<number, object>>();

  /**
   * What a member is told of a host module's functions that stay here, and of its objects, where it cannot make them again.
   *
   * @throws {CannotCrossError} for a function that takes or gives references, and for a global that starts as one.
   */
  add(module: HostModule): PackedCallerModule {
    const { name, functions, otherForms = {}, objects = {}, recipe } = module;
    const pack = (table: HostModule['functions'], isOtherForm: boolean) =>
      Object.entries(table).flatMap(([functionName, target]) =>
        staysHere(target) ? [this.#add(name, functionName, target, isOtherForm)] : [],
      );
    return {
      name,
      functions: [...pack(functions, false), ...pack(otherForms, true)],
      objects: recipe === undefined ? crossing(name, objects) : {},
    };
  }

  /**
   * Refuses a call that no guest has made. A process asks for it that may have been taken over by its guest.
   *
   * @throws {CannotCrossError} when there is no such function, or the arguments are not those of its signature.
   */
  check({ function: number, args, hasMemory, instance, gone }: CallerFunctionQuestion): void {
    const params = Number.isInteger(number) ? this.#functions[number]?.target.params : undefined;
    const fits =
      params !== undefined &&
      Array.isArray(args) &&
      args.length === params.length &&
      params.every((type, index) => fitsType(type, args[index])) &&
      typeof hasMemory === 'boolean' &&
      Number.isInteger(instance) &&
      Array.isArray(gone);
    if (!fits) throw notAMessage('callerFunction');
  }

  /** Runs one for a guest. */
  answer(question: CallerFunctionQuestion, guest: WaitingGuest): Reply | Promise<Reply> {
    const kept = this.#functions[question.function];
    if (kept === undefined) {
      throw new CannotCrossError(`There is no host function of the number ${question.function} here.`);
    }
    const caller = new RemoteCaller(guest, {
      hasMemory: question.hasMemory,
      instance: this.#instance(guest.member, question),
    });
    const result = kept.target.onCaller(caller, ...question.args);
    return isPromise(result) ? this.#later(kept, result) : replyOf(kept, result);
  }

  async #later(kept: KeptFunction, result: PromiseLike<unknown>): Promise<Reply> {
    return replyOf(kept, await result);
  }

  #add(
    moduleName: string,
    name: string,
    target: KeptFunction['target'],
    isOtherForm: boolean,
  ): PackedCallerFunction {
    const { params, results, trace } = target;
    const reference = [...params, ...results].find((type) => type === 'funcref' || type === 'externref');
    if (reference !== undefined) {
      throw new CannotCrossError(
        `The host function ${moduleName}.${name} uses ${reference}, which cannot go to another thread or process; pass numbers, or use placement 'inline'.`,
      );
    }
    const number = this.#functions.push({ name, target }) - 1;
    return { name, isOtherForm, params, results, hiddenArguments: trace?.hiddenArguments ?? [], number };
  }

  #instance(member: LaneOwner, { instance, gone }: CallerFunctionQuestion): object {
    const known = this.#instances.get(member) ?? new Map<number, object>();
    this.#instances.set(member, known);
    for (const number of gone) known.delete(number);
    const stand = known.get(instance) ?? Object.freeze({});
    // The one that was not heard of for longest comes first.
    known.delete(instance);
    known.set(instance, stand);
    if (known.size > maxInstances) known.delete(known.keys().next().value as number);
    return stand;
  }
}

/** Objects are data, apart from what a reference leads to. */
function crossing(module: string, objects: HostObjects): HostObjects {
  for (const [name, object] of Object.entries(objects)) {
    if (object.kind === 'global' && object.type === 'externref' && object.value !== null) {
      throw new CannotCrossError(
        `The global ${module}.${name} starts as a reference (${describeValue(object.value)}), which cannot go to another thread or process; start it as null, or give the module exportedAs, so that it is created again there.`,
      );
    }
  }
  return objects;
}

/** Whether a host function stays here while its guests run elsewhere. */
export function staysHere(target: HostFunction): target is KeptFunction['target'] {
  return target.onCaller !== undefined;
}

/** The member checks what the numbers are; nothing else crosses. */
function replyOf({ name, target }: KeptFunction, result: unknown): Reply {
  const values = Array.isArray(result) ? result : [result];
  if (values.every((value) => ['number', 'bigint', 'undefined'].includes(typeof value))) {
    return { value: result };
  }
  // An i32 is told of a wrong value in the same words as where its guest is.
  return refuseResult(name, target, result, target.results.length === 1 ? 0 : undefined);
}

import { CannotCrossError } from '../../errors/placement-errors.js';
import type { KeptFunction } from '../../recipe/kept-function.js';
import { packCopy } from '../../recipe/pack-copy.js';
import { unpackValue } from '../../recipe/unpack-value.js';
import { isPromise } from '../../values/check-result.js';
import type { CallbackQuestion } from '../protocol/callback-question.js';
import type { Reply } from './caller-lane.js';

/** The functions among the options of plug-ins, which stay here while the plug-ins are made elsewhere. */
export class CallerCallbacks {
  readonly #kept: { readonly name: string; readonly call: KeptFunction }[] = [];

  /** Keeps one; gives its number. */
  readonly keep = (call: KeptFunction, name: string): number => this.#kept.push({ name, call }) - 1;

  /** Calls one for a plug-in. */
  answer(question: CallbackQuestion): Reply | Promise<Reply> {
    const kept = this.#kept[question.function];
    if (kept === undefined) {
      throw new CannotCrossError(`There is no function of the number ${question.function} here.`);
    }
    const { name, call } = kept;
    const reply = (result: unknown): Reply => ({
      value: packCopy(result, { subject: `the function ${name}`, path: 'result' }),
    });
    const result = call(...question.args.map((value) => unpackValue(value)));
    return isPromise(result) ? Promise.resolve(result).then(reply) : reply(result);
  }
}

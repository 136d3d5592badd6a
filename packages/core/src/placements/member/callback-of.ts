import type { KeptFunction } from '../../recipe/kept-function.js';
import { packCopy } from '../../recipe/pack-copy.js';
import type { PackedValue } from '../../recipe/packed-value.js';
import { unpackValue } from '../../recipe/unpack-value.js';
import type { CallbackQuestion } from '../protocol/callback-question.js';
import type { Lane } from './lane.js';

/** What stands in a member for a function of its caller: it waits for what that one returns, or what its promise gives. */
export function callbackOf(lane: Lane, number: number): KeptFunction {
  return (...args) => {
    const packed = args.map((value, index) =>
      packCopy(value, {
        subject: 'a function that stays with its caller',
        path: `argument ${index + 1}`,
      }),
    );
    const question: CallbackQuestion = { kind: 'callback', function: number, args: packed };
    return unpackValue(lane.ask(question).value as PackedValue);
  };
}

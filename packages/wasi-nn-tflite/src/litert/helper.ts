import type { BlockingCaller } from '@wasmedge-plugins/core';
import { NnError } from '@wasmedge-plugins/wasi-nn';
import { liteRtTask } from '../litert-task-reference.js';
import type { LiteRtAnswers, LiteRtProblem, LiteRtRequest } from './messages.js';

const defaultBytes = 2 ** 30;

type RequestOf<Kind extends LiteRtRequest['kind']> = Extract<LiteRtRequest, { readonly kind: Kind }>;

/** LiteRT.js on the helper thread, as this thread sees it. */
export class LiteRtHelper {
  readonly #blocking: BlockingCaller;

  /** @param maxBytes most bytes that models may use there. */
  constructor(
    blocking: BlockingCaller,
    readonly maxBytes: number = defaultBytes,
  ) {
    this.#blocking = blocking;
  }

  /**
   * Asks the helper thread and waits for its answer.
   *
   * @param transfer buffers of the request that are moved.
   * @throws {NnError} when LiteRT.js refuses or fails.
   */
  ask<Kind extends LiteRtRequest['kind']>(
    request: RequestOf<Kind>,
    transfer: readonly ArrayBuffer[] = [],
  ): LiteRtAnswers[Kind] {
    const answer = this.#blocking.call<LiteRtAnswers[Kind] | LiteRtProblem>(liteRtTask, request, {
      transfer,
    });
    if ('problem' in answer) throw new NnError(answer.problem.errno, answer.problem.message);
    return answer;
  }
}

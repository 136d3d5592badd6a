import { CannotCrossError } from '../../errors/placement-errors.js';
import { notAMessage } from '../protocol/read-head.js';
import type { Answers } from './caller-lane.js';

/** Who answers questions of one kind. */
interface QuestionHandler {
  /** Default: each is answered. */
  check?(question: never): void;
  answer(question: never, ...rest: DropFirst<Parameters<Answers['answer']>>): ReturnType<Answers['answer']>;
}

type DropFirst<List extends readonly unknown[]> = List extends readonly [unknown, ...infer Rest]
  ? Rest
  : never;

/** Has each question answered by the handler of its kind. */
export function answerQuestions(handlers: Readonly<Record<string, QuestionHandler>>): Answers {
  const known = new Map(Object.entries(handlers));
  return {
    check(question) {
      // What a process has sent may be anything.
      if (typeof question !== 'object' || question === null) throw notAMessage('question');
      known.get(question.kind)?.check?.(question as never);
    },
    answer(question, guest) {
      const handler = known.get(question.kind);
      if (handler === undefined) {
        throw new CannotCrossError(
          `Nothing here answers the question of the guest's thread or process (${question.kind}); use one version of @wasmedge-plugins/core.`,
        );
      }
      return handler.answer(question as never, guest);
    },
  };
}

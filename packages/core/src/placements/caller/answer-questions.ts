import { CannotCrossError } from '../../errors/placement-errors.js';
import type { Question } from '../protocol/messages.js';
import type { AnswerQuestion } from './caller-lane.js';

/** Who answers each kind of question. */
export type QuestionHandlers = Readonly<
  Record<
    string,
    (question: never, ...rest: DropFirst<Parameters<AnswerQuestion>>) => ReturnType<AnswerQuestion>
  >
>;

type DropFirst<List extends readonly unknown[]> = List extends readonly [unknown, ...infer Rest]
  ? Rest
  : never;

/** Has each question answered by the handler of its kind. */
export function answerQuestions(handlers: QuestionHandlers): AnswerQuestion {
  const known = new Map(Object.entries(handlers));
  return (question: Question, guest) => {
    const handler = known.get(question.kind);
    if (handler === undefined) {
      throw new CannotCrossError(
        `Nobody here answers what the guest's thread or process asks for (${question.kind}); use one version of @wasmedge-plugins/core.`,
      );
    }
    return handler(question as never, guest);
  };
}

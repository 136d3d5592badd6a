import type { CodeForm } from '../../engines/wasmedge/aot/compiled-code.js';
import type { TraceEvent } from '../../trace/trace-event.js';
import type { FromMember } from '../protocol/messages.js';
import { notAMessage } from '../protocol/read-head.js';

/** What a member tells besides answers. */
export type News = Exclude<FromMember, { readonly kind: 'answer' | 'error' }>;

type Fields = Readonly<Record<string, unknown>>;

const forms: readonly unknown[] = ['plain', 'interruptible', 'metered'] satisfies CodeForm[];

const checks: Readonly<Record<News['kind'], (news: Fields) => boolean>> = {
  log: ({ level, message }) => typeof level === 'string' && typeof message === 'string',
  trace: ({ event }) => isTraceEvent((event ?? {}) as Partial<TraceEvent>),
  wantsCode: ({ number, form, label, bytes }) =>
    Number.isInteger(number) &&
    forms.includes(form) &&
    typeof label === 'string' &&
    bytes instanceof Uint8Array,
  execution: ({ execution }) => {
    const { guest, runs, reason } = (execution ?? {}) as Fields;
    return [guest, runs, reason].every((text) => typeof text === 'string');
  },
};

/**
 * Refuses news that are none. A process tells them that may have been taken over by its guest.
 *
 * @throws {CannotCrossError} naming their kind.
 */
export function checkNews(news: News): void {
  const check = Object.hasOwn(checks, news.kind) ? checks[news.kind] : undefined;
  if (check?.(news as unknown as Fields) !== true) throw notAMessage(news.kind.slice(0, 40));
}

function isTraceEvent(event: Partial<TraceEvent>): boolean {
  const { module, function: called, arguments: args, result, resultName, error, durationMs } = event;
  return (
    typeof module === 'string' &&
    typeof called === 'string' &&
    Array.isArray(args) &&
    args.every(isShown) &&
    isShown(result) &&
    (resultName === undefined || typeof resultName === 'string') &&
    (error === undefined || typeof error === 'string') &&
    typeof durationMs === 'number'
  );
}

function isShown(value: unknown): boolean {
  return value === undefined || typeof value === 'number' || typeof value === 'bigint';
}

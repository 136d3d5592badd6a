import { createRequire } from 'node:module';

/** As much of `@opentelemetry/api` as is used here, which need not be installed. */
interface OpenTelemetry {
  readonly trace: {
    getActiveSpan(): { spanContext(): SpanContext } | undefined;
  };
  isSpanContextValid(context: SpanContext): boolean;
}

interface SpanContext {
  readonly traceId: string;
  readonly spanId: string;
  readonly traceFlags: number;
  readonly traceState?: { serialize(): string } | undefined;
}

/** Where every copy of `@opentelemetry/api` 1 keeps what a program has set up: without it there is no span. */
const setUp = Symbol.for('opentelemetry.js.api.1');

let api: OpenTelemetry | undefined | 'not looked for' = 'not looked for';

/** What a header may contain that is passed on unseen. */
const tracestatePattern = /^[\x20-\x7e]{1,512}$/;

/**
 * The headers by which a server's work belongs to the active OpenTelemetry span of the caller: `traceparent`, and `tracestate` if there is one. None without an
 * active span, if `@opentelemetry/api` is not installed, or if what the program has set up fails: that is no reason for a call to fail.
 */
export function traceHeaders(): Readonly<Record<string, string>> {
  if (!(setUp in globalThis)) return {};
  if (api === 'not looked for') api = load();
  try {
    return api === undefined ? {} : headersOf(api);
  } catch {
    return {};
  }
}

function headersOf({ trace, isSpanContextValid }: OpenTelemetry): Readonly<Record<string, string>> {
  const context = trace.getActiveSpan()?.spanContext();
  if (context === undefined || !isSpanContextValid(context)) return {};
  const flags = (context.traceFlags & 0xff).toString(16).padStart(2, '0');
  const traceparent = `00-${context.traceId}-${context.spanId}-${flags}`;
  const tracestate = context.traceState?.serialize() ?? '';
  return tracestatePattern.test(tracestate) ? { traceparent, tracestate } : { traceparent };
}

function load(): OpenTelemetry | undefined {
  try {
    return createRequire(import.meta.url)('@opentelemetry/api') as OpenTelemetry;
  } catch {
    return undefined;
  }
}

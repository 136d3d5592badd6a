import { channel } from 'node:diagnostics_channel';
import { printableName } from '../errors/printable.js';
import { type TraceEvent, type TraceSink, traceChannelName } from './trace-event.js';

const hostCalls = channel(traceChannelName);

/**
 * Where traced calls go: the sink of the option, and the diagnostics channel when somebody listens. Undefined when nobody does, so
 * that an untraced call costs nothing; a subscriber must therefore be there before the runtime is created.
 */
export function resolveTraceSink(option: boolean | TraceSink | undefined): TraceSink | undefined {
  const variable = process.env.WASMEDGE_PLUGINS_TRACE;
  const wanted = option ?? (variable !== undefined && variable !== '' && variable !== '0');
  const sink = wanted === true ? printTraceEvent : wanted === false ? undefined : wanted;
  if (!hostCalls.hasSubscribers) {
    return sink;
  }
  return (event) => {
    hostCalls.publish(event);
    sink?.(event);
  };
}

/** One line for one event. */
export function formatTraceEvent(event: TraceEvent): string {
  const values = event.arguments.map((value) => (value === undefined ? '…' : String(value))).join(', ');
  const named = event.resultName === undefined ? '' : ` (${event.resultName})`;
  const result = event.result === undefined ? '' : ` = ${event.result}${named}`;
  const outcome = event.error === undefined ? result : ` threw ${event.error}`;
  return `${event.module}.${event.function}(${values})${outcome} [${event.durationMs.toFixed(3)} ms]`;
}

function printTraceEvent(event: TraceEvent): void {
  process.stderr.write(`[trace] ${printableName(formatTraceEvent(event))}\n`);
}

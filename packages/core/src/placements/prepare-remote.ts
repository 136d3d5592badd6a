import type { CompilingLibrary } from '../aot/code-key.js';
import { CodeSupply } from '../aot/code-supply.js';
import { codeFormFor } from '../engines/wasmedge/aot/code-form.js';
import { requireInlineAot } from '../engines/wasmedge/aot/require-inline-aot.js';
import { harmless } from '../logger/harmless.js';
import { defaultLogger } from '../logger/logger.js';
import { chooseAot } from '../runtime/choose-aot.js';
import { chooseEngine } from '../runtime/choose-engine.js';
import type { RuntimeOptions } from '../runtime/runtime-options.js';
import type { RuntimeReport } from '../runtime/runtime-report.js';
import { resolveTraceSink } from '../trace/trace-sink.js';
import { answerQuestions } from './caller/answer-questions.js';
import { CallerCallbacks } from './caller/caller-callbacks.js';
import { CallerFunctions } from './caller/caller-functions.js';
import { refuseLimitsOfProcess } from './caller/check-limits.js';
import { CodeForMembers } from './caller/code-for-members.js';
import { type MemberSetup, MemberSource } from './caller/member-source.js';
import { transportOf } from './caller/open-transport.js';
import { packSetup } from './caller/pack-setup.js';
import { RemoteRuntime } from './caller/remote-runtime.js';
import { ServedStreams } from './caller/streams/served-streams.js';
import type { ChildOptions } from './interface/child-options.js';
import type { PlacedRuntime } from './interface/placed-runtime.js';

/** Runtimes of one kind, each in a thread or process of its own. */
export interface RemoteMaker {
  /** Makes one that has no member yet. */
  make(events?: Pick<MemberSetup, 'onEnd' | 'hasOneMember'>): Remote;
  /** Lets what is being compiled for them go on while there is none. */
  keep(): Disposable;
}

/** A runtime elsewhere, and what gives it its members. */
export interface Remote {
  readonly runtime: RemoteRuntime;
  readonly source: MemberSource;
}

/**
 * Prepares runtimes of one kind; their options were checked.
 *
 * @throws {UnsupportedByEngineError} when the engine that was named cannot do what another option asks for.
 * @throws {UnsupportedByPlacementError} for an option of another placement.
 * @throws {UnsafeAotError} when compiled code would endanger this process.
 * @throws {CannotCrossError} for a plug-in, host module or option that cannot go there.
 */
export function prepareRemote(
  placement: PlacedRuntime['placement'],
  options: RuntimeOptions & { readonly child?: ChildOptions | undefined },
): RemoteMaker {
  const { trace, limits = {}, child = {} } = options;
  const logger = harmless('logger', options.logger ?? defaultLogger);
  const traceSink = resolveTraceSink(trace);
  const sink = traceSink && harmless('trace', traceSink);
  refuseLimitsOfProcess(placement, limits);
  // What can be kept from outside does not choose the engine.
  const { timeoutMs, ...untimed } = limits;
  const { growthBytes: _growth, ...others } = untimed;
  const isWatched = placement === 'process' && process.platform === 'linux';
  const { engine, reason } = chooseEngine({
    ...options,
    limits: isWatched ? others : untimed,
  });
  const aot = chooseAot(options, engine, placement);
  // V8's options are those of the whole process, so a thread's guests can be judged from here.
  if (aot.mode === 'inline') requireInlineAot(limits);
  const open = transportOf(placement, { engine, child, limits });
  const functions = new CallerFunctions();
  const callbacks = new CallerCallbacks();
  const setup = packSetup(options, {
    engine,
    traces: sink !== undefined,
    wantsCode: aot.mode !== 'off',
    functions,
    callbacks,
  });
  let library: RuntimeReport['library'];
  const supply = new CodeSupply({
    ...aot,
    isWaitedFor: aot.mode === 'wait',
    logger,
    library: () => library as CompilingLibrary,
  });
  const form = codeFormFor(limits);
  const canBeEnded = placement === 'process';
  const interprets = (options.plugins ?? []).some(({ provider }) => provider === 'native');
  const parts = { aot, supply, form, canBeEnded, interprets };
  const make: RemoteMaker['make'] = (events) => {
    const code = engine === 'wasmedge' ? new CodeForMembers(parts) : undefined;
    const streams = new ServedStreams();
    const source = new MemberSource({
      open,
      setup,
      engineReason: reason,
      logger,
      trace: sink,
      code,
      onStart: (report) => {
        library = report.library;
      },
      answers: answerQuestions({
        callerFunction: functions,
        callback: callbacks,
        input: { answer: streams.answerInput },
        output: { answer: streams.answerOutput },
      }),
      onOutput: (output) => streams.take(output),
      ...events,
    });
    return {
      source,
      runtime: new RemoteRuntime(placement, source, {
        wasi: options.wasi ?? {},
        streams,
        timeoutMs,
        code,
        hostModules: options.hostModules ?? [],
      }),
    };
  };
  return { make, keep: () => supply.use() };
}

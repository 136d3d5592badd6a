import type { CompiledCodeUse } from '../../engines/wasmedge/aot/compiled-code.js';
import { InvalidArgumentError } from '../../errors/runtime-errors.js';
import type { GuestMemory } from '../../memory/guest-memory.js';
import { unpackPluginsWith } from '../../plugin/unpack-plugins.js';
import { unpackValue } from '../../recipe/unpack-value.js';
import { createRuntimeWith } from '../../runtime/create-inline-runtime.js';
import { GuestExecutions } from '../../runtime/guest-executions.js';
import type { GuestRuntime } from '../../runtime/guest-runtime.js';
import type { RunOptions } from '../../runtime/run-options.js';
import type { RuntimeOptions } from '../../runtime/runtime-options.js';
import type { GuestResultValue } from '../../values/value-types.js';
import type { MemberChannel } from '../protocol/member-channel.js';
import type { PackedSetup, Request, Started } from '../protocol/messages.js';
import { joinOutput } from '../protocol/output-lengths.js';
import { callbackOf } from './callback-of.js';
import { CallerFunctions } from './caller-functions.js';
import { heldBytes } from './held-bytes.js';
import { Lane, type LaneReply } from './lane.js';
import { LaneStreams } from './lane-streams.js';
import { MemberCode } from './member-code.js';
import { MemberGuests } from './member-guests.js';
import { MemberInstances } from './member-instances.js';
import { performTask } from './perform-task.js';

const nothing: LaneReply = { value: undefined, bytes: undefined };

/** The runtime of a member, as its caller uses it. */
export class MemberRuntime {
  readonly #channel: MemberChannel;
  readonly #guests = new MemberGuests();
  readonly #instances = new MemberInstances();
  /** How what runs here asks the caller. */
  readonly lane: Lane;
  /** Compiled code of the guests. */
  readonly code: MemberCode;
  readonly #functions: CallerFunctions;
  readonly #prepare: (() => void) | undefined;
  #runtime: GuestRuntime | undefined;

  /** @param prepare run before the runtime is made; what it throws refuses that. */
  constructor(channel: MemberChannel, prepare?: () => void) {
    this.#channel = channel;
    this.#prepare = prepare;
    this.lane = new Lane(channel, (request) => this.serveNow(request));
    this.code = new MemberCode(channel);
    this.#functions = new CallerFunctions(this.lane);
  }

  /** Serves a request; what takes a turn of the event loop is promised. */
  serve(request: Request): LaneReply | Promise<LaneReply> {
    switch (request.kind) {
      case 'start':
        return this.#start(request.setup);
      case 'perform':
        return performTask(request, this.#started);
      case 'run':
      case 'instantiate':
      case 'callFresh':
        return this.code.serve(() => this.serveNow(request));
      default:
        return this.serveNow(request);
    }
  }

  /** Serves a request at once, also while a guest waits for the caller. */
  serveNow(request: Request): LaneReply {
    if (request.kind !== 'callFresh') this.#runtime?.dropAhead();
    switch (request.kind) {
      case 'call':
        return reply(this.#instances.call(request));
      case 'run': {
        const guest = this.#guests.take(this.#started, request);
        const options = unpackValue(request.options) as RunOptions;
        const streams = new LaneStreams(this.lane, request.streams);
        return reply(streams.during(() => this.#started.run(guest, { ...options, ...streams.options })));
      }
      case 'instantiate': {
        const guest = this.#guests.take(this.#started, request);
        const { name, exports } = request;
        return reply(
          this.#instances.add(this.#started.instantiate(guest, { name, ...(exports && { exports }) })),
        );
      }
      case 'hostObject':
        return reply(this.#instances.addHostObject(request, () => this.#started.hostInstance(request)));
      case 'read': {
        const memory = this.#instances.memory(request);
        return { value: memory.byteLength, bytes: this.#read(memory, request) };
      }
      case 'write': {
        const memory = this.#instances.memory(request);
        memory.write(request.at, request.bytes);
        this.#channel.spare.keep(request.bytes);
        return reply(memory.byteLength);
      }
      case 'pages': {
        const memory = this.#instances.memory(request);
        return reply(request.grow === undefined ? memory.pages : memory.grow(request.grow));
      }
      case 'getGlobal':
        return reply(this.#instances.global(request).get());
      case 'setGlobal':
        this.#instances.global(request).set(request.value as GuestResultValue);
        return nothing;
      case 'callerMemory':
        return this.#functions.useMemory(request);
      case 'disposeInstance':
        this.#instances.dispose(request.instance);
        return nothing;
      case 'keepGuest':
        this.#guests.take(this.#started, request);
        return nothing;
      case 'callFresh':
        return reply(this.#started.callFresh(this.#guests.take(this.#started, request), request));
      case 'heldBytes':
        return reply(heldBytes());
      case 'forgetGuest':
        this.#guests.forget(request.number);
        return nothing;
      default:
        throw new InvalidArgumentError(
          `${request.kind === 'perform' ? 'A task' : 'A runtime'} cannot be started while a guest of the same runtime waits for a host function; do it afterwards, or in another runtime.`,
        );
    }
  }

  /** What can be done for the next request when this one was answered. */
  lookAhead(request: Request): void {
    if (request.kind === 'callFresh') {
      this.#started.makeAhead(this.#guests.take(this.#started, request));
    }
  }

  /** Captured output that the caller does not have yet, as it goes beside an answer. */
  takeOutput(): ReturnType<typeof joinOutput> | undefined {
    const taken = this.#runtime?.takeOutput();
    return taken === undefined ? undefined : joinOutput(taken);
  }

  dispose(): void {
    this.#runtime?.[Symbol.dispose]();
  }

  #read(memory: GuestMemory, { at, length }: Extract<Request, { readonly kind: 'read' }>): Uint8Array {
    return memory.borrow(at, length, (borrowed) => {
      const bytes = this.#channel.spare.take(borrowed.byteLength);
      bytes.set(borrowed);
      return bytes;
    });
  }

  get #started(): GuestRuntime {
    return this.#runtime as GuestRuntime;
  }

  async #start(setup: PackedSetup): Promise<LaneReply> {
    this.#prepare?.();
    const { plugins, hostModules } = await unpackPluginsWith(setup.plugins, (number) =>
      callbackOf(this.lane, number),
    );
    const options: RuntimeOptions = {
      engine: setup.engine,
      library: setup.library,
      limits: setup.limits,
      wasi: unpackValue(setup.wasi) as RuntimeOptions['wasi'],
      nativePlugins: unpackValue(setup.nativePlugins) as RuntimeOptions['nativePlugins'],
      plugins,
      hostModules: this.#functions.addTo(hostModules ?? [], setup.callerModules),
      logger: setup.logs
        ? (level, message) => this.#channel.send({ kind: 'log', level, message: String(message) })
        : undefined,
      trace: setup.traces ? (event) => this.#channel.send({ kind: 'trace', event }) : false,
    };
    const executions = new GuestExecutions();
    const compiledCode: CompiledCodeUse = {
      source: this.code,
      // Its caller ends it, or found it fit.
      isExpendable: true,
      onExecution: (execution) => {
        this.code.noteChoice();
        if (executions.note(execution)) this.#channel.send({ kind: 'execution', execution });
      },
    };
    this.#runtime = await createRuntimeWith(options, setup.wantsCode ? compiledCode : undefined);
    const { hostObjectsKeepState } = this.#runtime;
    const started: Started = { report: this.#runtime.report(), hostObjectsKeepState };
    return reply(started);
  }
}

function reply(value: unknown): LaneReply {
  return { value, bytes: undefined };
}

import type { CompilationOptions, CompiledAhead } from '../../aot/ahead-options.js';
import { refuseDisposed } from '../../engines/call-state.js';
import { addCallSite } from '../../errors/call-site.js';
import { type DisposedError, InvalidArgumentError } from '../../errors/runtime-errors.js';
import type { HostModule } from '../../host-module/host-module.js';
import { checkOptionNames } from '../../options/check-option-names.js';
import { locateExport } from '../../recipe/locate-export.js';
import { packCopy } from '../../recipe/pack-copy.js';
import type { PackedValue } from '../../recipe/packed-value.js';
import { unpackValue } from '../../recipe/unpack-value.js';
import {
  checkCallBounds,
  checkInstantiateOptions,
  checkRepeatableRunOptions,
} from '../../runtime/check-options.js';
import { refuseCompilingForV8 } from '../../runtime/compile-for-runtime.js';
import type { HostObjectPlace } from '../../runtime/host-objects.js';
import type { LoadedGuest } from '../../runtime/load-guest.js';
import type { GuestSource, InstantiateOptions } from '../../runtime/runtime.js';
import type { RuntimeReport } from '../../runtime/runtime-report.js';
import type { Signature } from '../../values/signature.js';
import type { WasiOptions } from '../../wasi/wasi-options.js';
import type { CallOptions, RepeatableCallOptions } from '../interface/call-options.js';
import type { MemberTask } from '../interface/member-task.js';
import type { DeclaredPlacedExports } from '../interface/placed-exports.js';
import type { PlacedHostObject, PlacedHostObjectAccess } from '../interface/placed-host-object.js';
import type { PlacedRunOptions } from '../interface/placed-run-options.js';
import type { PlacedInstance, PlacedRuntime } from '../interface/placed-runtime.js';
import type { DescribedInstance, Request } from '../protocol/messages.js';
import type { Answer, CallBounds } from './call-bounds.js';
import { CallOutput } from './call-output.js';
import { CallQueue } from './call-queue.js';
import { callScope } from './call-scope.js';
import { checkIdempotent } from './check-idempotent.js';
import { checkTask } from './check-task.js';
import { noChild } from './child-report.js';
import type { CodeForMembers } from './code-for-members.js';
import { type GivenGuest, GuestReferences, type ReferredGuest } from './guest-references.js';
import { guestWaitingHere } from './guests-around.js';
import type { Member } from './member.js';
import type { MemberSource } from './member-source.js';
import { capturedBytes } from './most-bytes.js';
import { packWasi } from './pack-wasi.js';
import { readPipedGuest } from './read-piped-guest.js';
import { RemoteHostObjects } from './remote-host-objects.js';
import { RemoteInstance, refuseReferences } from './remote-instance.js';
import { ServedCall } from './streams/served-call.js';
import type { ServedStreams } from './streams/served-streams.js';
import { withinBounds } from './streams/within-bounds.js';
import type { WaitingGuest } from './waiting-guest.js';

/** A call of one export. */
export interface FreshCall {
  readonly name: string;
  readonly args: readonly unknown[];
  /** What the export must be. Default: it is not looked at. */
  readonly signature?: Signature | undefined;
}

/** What a call is made with. */
interface CallMade extends RepeatableCallOptions, Pick<CallBounds, 'results'> {}

/** What a runtime in another thread or process has besides its members. */
export interface RemoteParts {
  /** What its guests get. */
  readonly wasi: WasiOptions;
  /** Answers what is asked of streams. */
  readonly streams: ServedStreams;
  /** Milliseconds that a call may take. Default: no bound. */
  readonly timeoutMs: number | undefined;
  /** Has the compiled code of guests; `undefined` on engine `v8`. */
  readonly code: CodeForMembers | undefined;
  readonly hostModules: readonly HostModule[];
}

/** A runtime in another thread or process. */
export class RemoteRuntime implements PlacedRuntime {
  readonly placement: PlacedRuntime['placement'];
  readonly #source: MemberSource;
  readonly #queue: CallQueue;
  readonly #timeoutMs: number | undefined;
  readonly #code: CodeForMembers | undefined;
  readonly #guests = new WeakMap<Member, GuestReferences>();
  readonly #streams: ServedStreams;
  readonly #output = new CallOutput();
  readonly #hostObjects: RemoteHostObjects;
  readonly #wasi: WasiOptions;
  /** How many bytes of captured output may come with an answer. */
  #capturedBytes: number;
  #disposed: Promise<void> | undefined;

  constructor(
    placement: PlacedRuntime['placement'],
    source: MemberSource,
    { wasi, streams, timeoutMs, code, hostModules }: RemoteParts,
  ) {
    this.#hostObjects = new RemoteHostObjects(
      hostModules,
      () => source.current,
      (place, home) => this.#hostInstance(place, home),
    );
    this.#wasi = wasi;
    this.#capturedBytes = capturedBytes(wasi);
    this.#streams = streams;
    this.placement = placement;
    this.#code = code;
    this.#source = source;
    this.#timeoutMs = timeoutMs;
    this.#queue = new CallQueue(source);
  }

  async run(source: GivenGuest, options: PlacedRunOptions = {}): Promise<number> {
    checkRepeatableRunOptions(options);
    const { idempotent, ...others } = options;
    checkIdempotent('run()', idempotent);
    const { timeoutMs = this.#timeoutMs, signal, stdin, stdout, stderr, ...world } = others;
    const bounds = { timeoutMs, signal };
    const streams = this.#streams.open({ stdin, stdout, stderr });
    try {
      if (idempotent) streams.refuseToRepeat();
      const own = { ...world, ...streams.others };
      const packed = packWasi(own, { subject: 'run()', path: '' });
      // An instance that is called later goes on with what this call may keep.
      this.#capturedBytes = Math.max(this.#capturedBytes, capturedBytes({ ...this.#wasi, ...own }));
      const guest = await readPipedGuest(source);
      await this.#code?.ready(guest, signal);
      const { value } = await this.#call({ ...bounds, idempotent }, (member) =>
        this.#withGuest(member, guest, (sent) => ({
          kind: 'run',
          options: packed,
          streams: streams.numbers,
          ...sent,
        })),
      );
      await withinBounds(streams.close(), bounds);
      return value as number;
    } catch (error) {
      streams.abort(error);
      throw error;
    }
  }

  async instantiate<const Declared extends Readonly<Record<string, Signature>> = Record<never, never>>(
    source: GivenGuest,
    options: InstantiateOptions<Declared> & CallOptions = {},
  ): Promise<PlacedInstance<DeclaredPlacedExports<Declared>>> {
    const { timeoutMs, signal, ...rest } = options;
    checkInstantiateOptions(rest);
    checkCallBounds('instantiate()', { timeoutMs, signal });
    const { name, exports } = rest;
    const guest = await readPipedGuest(source);
    await this.#code?.ready(guest, signal);
    let home: Member | undefined;
    const answer = await this.#call({ timeoutMs, signal }, (member) => {
      home = member;
      return this.#withGuest(member, guest, (sent) => ({ kind: 'instantiate', name, exports, ...sent }));
    });
    return new RemoteInstance(answer.value as DescribedInstance, home as Member, this.#call) as never;
  }

  async perform<Args extends readonly unknown[], Result>(
    task: MemberTask<Args, Result>,
    args: Args,
    options: RepeatableCallOptions = {},
  ): Promise<Result> {
    const known = { timeoutMs: true, signal: true, idempotent: true } as const;
    checkOptionNames<RepeatableCallOptions>('perform()', options, known);
    checkIdempotent('perform()', options.idempotent);
    checkCallBounds('perform()', options);
    checkTask('perform()', task, args);
    const what = `The task ${task.export}`;
    const module = locateExport(task, what);
    const subject = `${task.export}()`;
    const packed = args.map((value, index) => packCopy(value, { subject, path: `argument ${index + 1}` }));
    const request: Request = { kind: 'perform', module, export: task.export, args: packed };
    const answer = await this.#call(options, () => [request]);
    return unpackValue(answer.value as PackedValue) as Result;
  }

  hostObject<Made extends PlacedHostObject>(object: Made): PlacedHostObjectAccess<Made> {
    const access = this.#hostObjects.access(object) as PlacedHostObjectAccess<Made>;
    if (this.#disposed !== undefined) throw disposedError();
    return access;
  }

  /** Calls one export of an instance that is made for it. */
  async callFresh(
    source: GivenGuest,
    { name, args, signature }: FreshCall,
    options: CallOptions,
  ): Promise<unknown> {
    refuseReferences(name, args, signature?.params);
    const exports = signature && { [name]: signature };
    const results = signature?.results;
    if (this.#code !== undefined) await this.#code.ready(source, options.signal);
    const { timeoutMs, signal } = options;
    let known: Set<string> | undefined;
    const answer = await this.#call({ timeoutMs, signal, results }, (member) =>
      this.#withGuest(member, source, (sent, checked) => {
        known = checked;
        return { kind: 'callFresh', name, args, exports: checked?.has(name) ? undefined : exports, ...sent };
      }),
    );
    if (exports !== undefined) known?.add(name);
    return answer.value;
  }

  /** Has the member read and compile a guest that is used later. */
  async keepGuest(source: LoadedGuest): Promise<void> {
    await this.#code?.ready(source, undefined);
    await this.#call({}, (member) =>
      this.#withGuest(member, source, (sent) => ({ kind: 'keepGuest', ...sent })),
    );
  }

  /** Bytes that the member holds: all that is resident of a process, and of a thread what its JavaScript and its guests on V8 have. */
  async memberBytes(): Promise<number> {
    return (await this.#call({}, () => [{ kind: 'heldBytes' }])).value as number;
  }

  get stdout(): Uint8Array {
    return this.#output.stdout;
  }

  get stderr(): Uint8Array {
    return this.#output.stderr;
  }

  report(): RuntimeReport {
    const { report, current } = this.#source;
    const child = this.placement === 'process' && { child: current?.transport.report?.() ?? noChild };
    return { ...report, ...(this.#code && { aot: this.#code.report }), ...child };
  }

  async compile(source: GuestSource, options: CompilationOptions = {}): Promise<CompiledAhead> {
    if (this.#disposed !== undefined) throw disposedError();
    return this.#code === undefined ? refuseCompilingForV8() : this.#code.compile(source, options);
  }

  /** Says that no more guests are compiled for it. */
  endCode(): void {
    this.#code?.[Symbol.dispose]();
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.endCode();
    this.#disposed ??= this.#source.dispose(disposedError());
    return this.#disposed;
  }

  /** Makes requests when it is their turn, and gives the answer to the last one. */
  readonly #call = async (
    options: CallMade,
    requests: (member: Member) => readonly Request[],
    home?: Member,
  ): Promise<Answer> => {
    try {
      return await this.#request(options, requests, home);
    } catch (error) {
      throw addCallSite(error, this.#call);
    }
  };

  #request(
    { timeoutMs = this.#timeoutMs, signal, idempotent, results }: CallMade,
    requests: (member: Member) => readonly Request[],
    home: Member | undefined,
  ): Promise<Answer> {
    if (this.#disposed !== undefined) return Promise.reject(disposedError());
    if (ServedCall.isTakenHere(this.#streams)) return Promise.reject(waitsForItself());
    this.#code?.refuseBounds({ timeoutMs, signal });
    const bounds: CallBounds = {
      timeoutMs,
      signal,
      results,
      onOutput: this.#output.add,
      capturedBytes: this.#capturedBytes,
      scope: callScope(),
    };
    const member = home ?? this.#source.current;
    const guest = guestWaitingHere(member);
    return guest === undefined || member === undefined
      ? this.#queue.add({ ...bounds, requests, home, isIdempotent: idempotent })
      : requestAll(guest, requests(member), bounds);
  }

  async #hostInstance({ module, name }: HostObjectPlace, wanted: Member | undefined) {
    let home: Member | undefined;
    const requests = (member: Member): readonly Request[] => {
      home = member;
      return [{ kind: 'hostObject', module, name }];
    };
    const answer = await this.#call({}, requests, wanted);
    const described = answer.value as DescribedInstance;
    return { home: home as Member, instance: new RemoteInstance(described, home as Member, this.#call) };
  }

  #withGuest(
    member: Member,
    source: GivenGuest,
    request: (sent: ReferredGuest['sent'], checked: ReferredGuest['checked']) => Request,
  ): readonly Request[] {
    const guests = this.#guests.get(member) ?? new GuestReferences();
    this.#guests.set(member, guests);
    const { sent, forget, checked } = guests.refer(source);
    const wanted = request(sent, checked);
    return forget === undefined ? [wanted] : [{ kind: 'forgetGuest', number: forget }, wanted];
  }
}

/** Makes a call of what a guest waits for; the guest's own call goes on, and so does its time. */
async function requestAll(
  guest: WaitingGuest,
  requests: readonly Request[],
  bounds: CallBounds,
): Promise<Answer> {
  const answers = await Promise.all(requests.map((request) => guest.ask(request, bounds)));
  return answers[answers.length - 1] as Answer;
}

function waitsForItself(): InvalidArgumentError {
  return new InvalidArgumentError(
    'A function that takes the output of a call cannot make another call of the same runtime, which starts only after the first one has ended; make it afterwards, or use another runtime or a pool.',
  );
}

function disposedError(): DisposedError {
  try {
    return refuseDisposed('The runtime');
  } catch (error) {
    return error as DisposedError;
  }
}

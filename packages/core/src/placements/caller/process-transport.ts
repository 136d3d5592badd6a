import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import type { EngineName } from '../../engines/engine.js';
import { sideBySideFlags } from '../../engines/wasmedge/aot/side-by-side.js';
import { CannotCrossError } from '../../errors/placement-errors.js';
import type { Limits } from '../../limits/limits.js';
import type { ChildReport } from '../../runtime/runtime-report.js';
import type { ChildOptions } from '../interface/child-options.js';
import { BulkFile } from '../protocol/bulk-file.js';
import { launchArguments } from '../protocol/child-launch.js';
import { FrameReader, frameOf } from '../protocol/frame.js';
import type { FromMember, Message, ToMember, ToWaitingMember } from '../protocol/messages.js';
import { processDescriptors } from '../protocol/process-descriptors.js';
import { allocateBytes, copyOf } from '../protocol/spare-bytes.js';
import { adviceForCrash, adviceForStart } from './advice-for-process.js';
import { childEnvironment } from './child-environment.js';
import { reportChild } from './child-report.js';
import { controlGroupFor, type GroupChoice } from './control-group.js';
import { memberFile } from './member-file.js';
import { RecordFile } from './record-file.js';
import type { MemberEnd, Transport, TransportEvents } from './transport.js';
import { type UsageLimits, watchUsage } from './watch-usage.js';

/** So long what a process has said may take to arrive after its end. */
const msAfterExit = 1000;

/** What the process of a member is started with. */
export interface ProcessSetup {
  readonly engine: EngineName;
  readonly child: ChildOptions;
  readonly limits: Limits;
}

/** A member that is a child process. */
export class ProcessTransport implements Transport {
  readonly kind = 'process';
  readonly callStop = undefined;
  readonly movesBytes = false;
  readonly isBelieved = false;
  readonly #child: ChildProcess;
  readonly #requests: Socket;
  readonly #lane: Socket;
  readonly #bulk: BulkFile | undefined;
  /** What was wrong with what the process has sent. */
  #nonsense: CannotCrossError | undefined;
  readonly #usage: UsageLimits | undefined;
  readonly #record: RecordFile | undefined;
  readonly #group: GroupChoice;
  readonly #setup: ProcessSetup;

  /** @throws {UnsupportedByPlacementError} when its file is missing, or too many processes lie above it. */
  constructor(events: TransportEvents, setup: ProcessSetup) {
    const { engine, child, limits } = setup;
    this.#setup = setup;
    const { env, execArgv = [], cpuSeconds } = child;
    const { memoryBytes, cpuMs, growthBytes } = limits;
    if (cpuMs !== undefined || Number.isFinite(growthBytes)) this.#usage = { cpuMs, growthBytes };
    const file = memberFile();
    const flags = engine === 'wasmedge' ? sideBySideFlags() : [];
    const launch = launchArguments({ parent: process.pid, memoryBytes, cpuSeconds });
    const environment = childEnvironment(env);
    // What refuses the process comes before what would have to be closed.
    this.#bulk = BulkFile.create();
    this.#record = RecordFile.open();
    try {
      this.#child = spawn(process.execPath, [...flags, ...execArgv, file, ...launch], {
        // Standard streams are the host's own: a guest that inherits them has them.
        stdio: [
          ...(['inherit', 'inherit', 'inherit', 'pipe', 'pipe'] as const),
          this.#bulk?.descriptor ?? 'ignore',
          this.#record?.fd ?? 'ignore',
        ],
        env: environment,
        windowsHide: true,
      });
    } catch (error) {
      this.#bulk?.close();
      this.#record?.take();
      throw error;
    }
    const { pid } = this.#child;
    // Before it is asked for anything.
    this.#group = pid === undefined ? { reason: 'it was not started' } : controlGroupFor(pid, memoryBytes);
    this.#requests = this.#child.stdio[processDescriptors.requests] as Socket;
    this.#lane = this.#child.stdio[processDescriptors.lane] as Socket;
    this.#read(
      this.#requests,
      (message) => events.onMessage(this.#restored(message) as FromMember),
      () => events.mostBytes(),
    );
    this.#read(
      this.#lane,
      (message) => events.onLaneMessage(message),
      () => events.mostLaneBytes(),
    );
    let failure: unknown;
    this.#child.on('error', (error) => {
      failure = error;
    });
    let waiting: NodeJS.Timeout | undefined;
    // What it has started may have its sockets, and they would not close before that ends.
    this.#child.on('exit', () => {
      // What has arrived meanwhile is read first.
      waiting = setTimeout(() => setImmediate(() => this.#closeSockets()), msAfterExit);
    });
    // Not `exit`: what the process has said before its end comes first.
    this.#child.on('close', (exitCode, signal) => {
      clearTimeout(waiting);
      this.#group.group?.remove();
      this.#bulk?.close();
      const hostCall = this.#record?.take();
      events.onEnd(
        failure === undefined
          ? {
              hostCall,
              exitCode: exitCode ?? undefined,
              signal: signal ?? undefined,
              nonsense: this.#nonsense,
            }
          : { error: failure },
      );
    });
    this.hold(false);
  }

  get id(): number | undefined {
    return this.#child.pid;
  }

  adviceFor(end: MemberEnd, isStart: boolean): string | undefined {
    return isStart ? adviceForStart(end, this.#setup) : adviceForCrash(end, this.#setup);
  }

  report(): ChildReport | undefined {
    const { pid } = this.#child;
    return pid === undefined ? undefined : reportChild(pid, this.#group);
  }

  send(message: ToMember): void {
    // Code comes at any time, also while the file has the bytes of a request or its answer.
    const stored = message.kind === 'code' ? undefined : this.#bulk?.store(message as Message);
    write(this.#requests, keepable(stored ?? (message as Message)));
  }

  sendOnLane(message: ToWaitingMember): void {
    write(this.#lane, message as Message);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  hold(active: boolean): void {
    for (const part of [this.#child, this.#requests, this.#lane]) {
      if (active) part.ref();
      else part.unref();
    }
  }

  watchUsage(over: (error: Error) => void): (() => void) | undefined {
    const { pid } = this.#child;
    return this.#usage === undefined || pid === undefined ? undefined : watchUsage(pid, this.#usage, over);
  }

  #restored(message: Message): Message {
    return this.#bulk?.restore(message, allocateBytes) ?? message;
  }

  #closeSockets(): void {
    this.#requests.destroy();
    this.#lane.destroy();
  }

  #read(socket: Socket, receive: (message: Message) => void, mostBytes: () => number): void {
    const reader = new FrameReader(receive, mostBytes);
    socket.on('data', (piece: Buffer) => {
      try {
        reader.push(piece);
      } catch (error) {
        // What is not a message came from a process that does not know any more what it does, or that its guest has taken over.
        this.#nonsense ??= nonsenseOf(error);
        this.kill();
        this.#closeSockets();
      }
    });
    // The end of the process tells more.
    socket.on('error', () => {});
  }
}

function nonsenseOf(cause: unknown): CannotCrossError {
  return CannotCrossError.isInstance(cause)
    ? cause
    : new CannotCrossError('A message from a process cannot be used; see the cause.', { cause });
}

/** The message, which a socket may still write later, with bytes that do not change when nobody waits for its answer. */
function keepable(message: Message): Message {
  const { bytes, isUnanswered } = message;
  return bytes === undefined || !isUnanswered ? message : { ...message, bytes: copyOf(bytes) };
}

function write(socket: Socket, message: Message): void {
  const parts = frameOf(message);
  socket.cork();
  for (const part of parts) socket.write(part);
  socket.uncork();
}

import type { EncodedError } from '../../blocking/encoded-error.js';
import type { EngineName } from '../../engines/engine.js';
import type { CodeForm, GuestExecution } from '../../engines/wasmedge/aot/compiled-code.js';
import type { Limits } from '../../limits/limits.js';
import type { LogLevel } from '../../logger/logger.js';
import type { ExternalType } from '../../module-types/external-types.js';
import type { PackedPlugins } from '../../plugin/pack-plugins.js';
import type { PackedValue } from '../../recipe/packed-value.js';
import type { RuntimeReport } from '../../runtime/runtime-report.js';
import type { TraceEvent } from '../../trace/trace-event.js';
import type { Signature } from '../../values/signature.js';
import type { CallerMemoryRequest, PackedCallerModule } from './caller-functions.js';
import type { OutputLengths } from './output-lengths.js';
import type { StreamNumbers, ToldOutput } from './stream-messages.js';

/** What crosses between a caller and a member. Plain data; bytes that nobody else uses afterwards travel beside it, and are moved where that is possible. */
export interface Message {
  readonly kind: string;
  readonly bytes?: Uint8Array | undefined;
  /** Where they lie in the file of a process instead: how many they are. */
  readonly storedBytes?: number | undefined;
  /** Whether nobody waits for an answer. Default: `false`. */
  readonly isUnanswered?: boolean | undefined;
}

/** How a guest is named to a member. Its bytes are those of the message, where it is not known there. */
export type GuestReference =
  | { readonly form: 'file'; readonly file: string }
  | { readonly form: 'bytes' }
  /** A guest that the member keeps under a number; the message has the bytes when it is new. */
  | { readonly form: 'kept'; readonly number: number; readonly label: string; readonly programName: string };

/** The runtime that a member makes. */
export interface PackedSetup {
  readonly engine: EngineName;
  readonly library: string | undefined;
  readonly limits: Limits | undefined;
  readonly wasi: PackedValue;
  readonly nativePlugins: PackedValue;
  readonly plugins: PackedPlugins;
  /** Whether guests run as compiled code, which the caller has. */
  readonly wantsCode: boolean;
  readonly callerModules: readonly PackedCallerModule[];
  /** Whether log lines go to the caller; otherwise to stderr. */
  readonly logs: boolean;
  /** Whether host calls are told to the caller. */
  readonly traces: boolean;
}

/** What an instance in a member exports. */
export interface DescribedExport {
  readonly name: string;
  readonly type: ExternalType;
}

/** What a member knows of an instance that it made. */
export interface DescribedInstance {
  readonly number: number;
  readonly exports: readonly DescribedExport[];
}

/** A guest whose code a member wants; it is answered with {@link GivenCode}, once or more. */
export interface WantedCode {
  readonly kind: 'wantsCode';
  /** The member's own number of the guest. */
  readonly number: number;
  readonly form: CodeForm;
  /** What messages call the guest. */
  readonly label: string;
  /** The guest as it is compiled. */
  readonly bytes: Uint8Array;
}

/** The code of a guest for a member that wanted it, or why there is none. */
export interface GivenCode {
  readonly kind: 'code';
  readonly number: number;
  readonly form: CodeForm;
  readonly whyNot?: string | undefined;
  readonly bytes?: Uint8Array | undefined;
}

/** A request to a member; each is answered, in their order. */
export type Request =
  | { readonly kind: 'start'; readonly setup: PackedSetup }
  | {
      readonly kind: 'run';
      readonly guest: GuestReference;
      readonly options: PackedValue;
      readonly streams: StreamNumbers;
      readonly bytes?: Uint8Array | undefined;
    }
  | {
      readonly kind: 'instantiate';
      readonly guest: GuestReference;
      readonly name: string | undefined;
      readonly exports: Readonly<Record<string, Signature>> | undefined;
      readonly bytes?: Uint8Array | undefined;
    }
  /** An object of a host module, in an instance that exports it. */
  | { readonly kind: 'hostObject'; readonly module: string; readonly name: string }
  /** A guest that is to be read and compiled before it is used. */
  | {
      readonly kind: 'keepGuest';
      readonly guest: GuestReference;
      readonly bytes?: Uint8Array | undefined;
    }
  /** A call of an export of an instance that nobody else uses, before or afterwards. */
  | {
      readonly kind: 'callFresh';
      readonly guest: GuestReference;
      readonly name: string;
      readonly args: readonly unknown[];
      readonly exports: Readonly<Record<string, Signature>> | undefined;
      readonly bytes?: Uint8Array | undefined;
    }
  /** How many bytes the member holds. */
  | { readonly kind: 'heldBytes' }
  | {
      readonly kind: 'call';
      readonly instance: number;
      readonly name: string;
      readonly args: readonly unknown[];
    }
  /** Reading and writing are answered with the number of bytes that the memory has. */
  | {
      readonly kind: 'read';
      readonly instance: number;
      readonly memory: string | undefined;
      readonly at: number | bigint;
      readonly length: number;
    }
  | {
      readonly kind: 'write';
      readonly instance: number;
      readonly memory: string | undefined;
      readonly at: number | bigint;
      readonly bytes: Uint8Array;
      /** Whether it is known to succeed, so that it need not be answered. */
      readonly isSure: boolean;
      /** Whether it is not answered: what it fails with after all refuses the next request. Default: `false`. */
      readonly isUnanswered?: boolean | undefined;
    }
  | {
      readonly kind: 'pages';
      readonly instance: number;
      readonly memory: string | undefined;
      readonly grow: number | undefined;
    }
  | { readonly kind: 'getGlobal'; readonly instance: number; readonly name: string }
  | { readonly kind: 'setGlobal'; readonly instance: number; readonly name: string; readonly value: unknown }
  | CallerMemoryRequest
  | { readonly kind: 'disposeInstance'; readonly instance: number }
  | { readonly kind: 'forgetGuest'; readonly number: number }
  | {
      readonly kind: 'perform';
      readonly module: string;
      readonly export: string;
      readonly args: readonly PackedValue[];
    };

/** What a member is sent: a request, or what is not answered: the code of a guest, or that the member is to end, where a call is named, if that still runs. */
export type ToMember = Request | GivenCode | { readonly kind: 'end'; readonly call?: number };

/** An error as it is sent. */
export interface SentError {
  readonly error: EncodedError;
  /** The caller's number of what it has thrown, when that comes back to it: it throws the same thing again. */
  readonly thrown?: number | undefined;
}

/** What a member sends to its caller. */
export type FromMember =
  /**
   * The start was answered with a report, others with what they return: a command with its exit code. The bytes are what was read, or, with `output`, captured output
   * that the caller does not have yet.
   */
  | {
      readonly kind: 'answer';
      readonly value: unknown;
      readonly output?: OutputLengths | undefined;
      readonly bytes?: Uint8Array | undefined;
    }
  /** The bytes are captured output. */
  | ({
      readonly kind: 'error';
      readonly output?: OutputLengths | undefined;
      readonly bytes?: Uint8Array | undefined;
    } & SentError)
  | WantedCode
  /** How a guest runs that is instantiated, where it was not told before. */
  | { readonly kind: 'execution'; readonly execution: GuestExecution }
  | { readonly kind: 'log'; readonly level: LogLevel; readonly message: string }
  | { readonly kind: 'trace'; readonly event: TraceEvent };

/** What a waiting member asks its caller for; the caller has a handler for each kind. */
export type Question = Message;

/** What a member sends on the lane. Its bytes are those of the question. */
export type FromWaitingMember =
  | {
      readonly kind: 'question';
      /** Counted from 1. */
      readonly number: number;
      readonly question: Question;
      readonly bytes?: Uint8Array | undefined;
    }
  /** The answers to a request that was made for a question. */
  | {
      readonly kind: 'answer';
      readonly number: number;
      readonly value: unknown;
      readonly bytes?: Uint8Array | undefined;
    }
  | ({ readonly kind: 'error'; readonly number: number } & SentError);

/** What a member sends on the lane, also while nothing waits there. */
export type LaneMessage = FromWaitingMember | ToldOutput;

/** What the caller sends on the lane to a member that waits for the answer to the question of that number. */
export type ToWaitingMember =
  | {
      readonly kind: 'reply';
      readonly number: number;
      readonly value: unknown;
      readonly bytes?: Uint8Array | undefined;
    }
  | ({ readonly kind: 'refusal'; readonly number: number } & SentError)
  /** Something that the one who answers wants of the member first. */
  | {
      readonly kind: 'request';
      readonly number: number;
      readonly request: Request;
      readonly bytes?: Uint8Array | undefined;
    };

/** What starting a member gives. */
export interface Started {
  readonly report: RuntimeReport;
  /** Whether guests share memories, tables or globals of host modules that keep what they leave there. */
  readonly hostObjectsKeepState: boolean;
}

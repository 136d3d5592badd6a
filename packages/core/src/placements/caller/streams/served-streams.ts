import type { GuestStreamName } from '../../../errors/placement-errors.js';
import { CannotCrossError } from '../../../errors/placement-errors.js';
import { InvalidArgumentError } from '../../../errors/runtime-errors.js';
import type { WasiOptions } from '../../../wasi/wasi-options.js';
import type { PlacedRunOptions } from '../../interface/placed-run-options.js';
import type {
  InputQuestion,
  OutputQuestion,
  StreamNumbers,
  ToldOutput,
} from '../../protocol/stream-messages.js';
import type { Reply } from '../caller-lane.js';
import { openInput } from './open-input.js';
import { openOutput } from './open-output.js';
import { ServedCall } from './served-call.js';
import { StreamInput } from './stream-input.js';
import { StreamOutput } from './stream-output.js';

type StreamOptions = Pick<PlacedRunOptions, GuestStreamName>;

/** The standard streams of one call, as far as they are served here. */
export interface CallStreams {
  /** Their numbers, for the member. */
  readonly numbers: StreamNumbers;
  /** The others, which go to the member as they are. */
  readonly others: Pick<WasiOptions, GuestStreamName>;
  /** @throws {InvalidArgumentError} unless the call may be made twice, as far as its streams go. */
  refuseToRepeat(): void;
  /** The call has ended well: what takes output is ended when it has everything. */
  close(): Promise<void>;
  /** The call has failed. */
  abort(error: unknown): void;
}

/** The streams that the guests of a runtime in another thread or process use here, by their numbers. */
export class ServedStreams {
  readonly #inputs = new Map<number, StreamInput>();
  readonly #outputs = new Map<number, StreamOutput>();
  #last = 0;

  /**
   * Serves the streams of a call.
   *
   * @throws {InvalidArgumentError} for one that somebody else reads or writes.
   */
  open({ stdin, stdout, stderr }: StreamOptions): CallStreams {
    const opened = new OpenedStreams(this, this.#inputs, this.#outputs, () => ++this.#last);
    try {
      return opened.open({ stdin, stdout, stderr });
    } catch (error) {
      opened.abort(error);
      throw error;
    }
  }

  readonly answerInput = ({ stream, waitMs }: InputQuestion): Promise<Reply> =>
    known(this.#inputs.get(stream)).answer(waitMs);

  readonly answerOutput = ({ stream, most, wait }: OutputQuestion): Reply | Promise<Reply> => {
    const open = known(this.#outputs.get(stream)).whenOpen(most, wait);
    return typeof open === 'number' ? { value: open } : open.then((value) => ({ value }));
  };

  /** Takes what a guest has written; what is later than its call is for nobody. */
  take({ stream, bytes }: ToldOutput): void {
    this.#outputs.get(stream)?.take(bytes);
  }
}

class OpenedStreams implements CallStreams {
  numbers: StreamNumbers = {};
  others: CallStreams['others'] = {};
  readonly #inputs: Map<number, StreamInput>;
  readonly #outputs: Map<number, StreamOutput>;
  readonly #newNumber: () => number;
  readonly #call: ServedCall;
  readonly #input = new Map<number, StreamInput>();
  readonly #output = new Map<number, StreamOutput>();

  constructor(
    owner: object,
    inputs: Map<number, StreamInput>,
    outputs: Map<number, StreamOutput>,
    newNumber: () => number,
  ) {
    this.#call = new ServedCall(owner);
    this.#inputs = inputs;
    this.#outputs = outputs;
    this.#newNumber = newNumber;
  }

  open({ stdin, stdout, stderr }: StreamOptions): this {
    const input = stdin === undefined ? undefined : this.#openInput(stdin);
    const out = stdout === undefined ? undefined : this.#openOutput('stdout', stdout);
    const isSame = out !== undefined && stderr === stdout;
    const err = stderr === undefined ? undefined : isSame ? out : this.#openOutput('stderr', stderr);
    this.numbers = { stdin: input, stdout: out, stderr: err };
    this.others = {
      ...(input === undefined && { stdin }),
      ...(out === undefined && { stdout }),
      ...(err === undefined && { stderr }),
    } as CallStreams['others'];
    return this;
  }

  refuseToRepeat(): void {
    const [name] = Object.entries(this.numbers).find(([, number]) => number !== undefined) ?? [];
    if (name === undefined) return;
    throw new InvalidArgumentError(
      `A call with idempotent: true cannot have a stream, an object or a function as ${name}, which cannot start over; pass bytes or a string, and capture output.`,
    );
  }

  async close(): Promise<void> {
    this.#endInput();
    const closed = await Promise.allSettled([...this.#output.values()].map((output) => output.close()));
    this.#forget();
    const failed = closed.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  abort(error: unknown): void {
    this.#endInput();
    for (const output of this.#output.values()) output.abort(error);
    this.#forget();
  }

  #openInput(stdin: NonNullable<StreamOptions['stdin']>): number | undefined {
    const pieces = opened('stdin', () => openInput(stdin));
    if (pieces === undefined) return undefined;
    const number = this.#newNumber();
    const input = new StreamInput(pieces);
    this.#input.set(number, input);
    this.#inputs.set(number, input);
    return number;
  }

  #openOutput(name: 'stdout' | 'stderr', option: NonNullable<StreamOptions['stdout']>): number | undefined {
    const target = opened(name, () => openOutput(name, option));
    if (target === undefined) return undefined;
    const number = this.#newNumber();
    const output = new StreamOutput(name, target, this.#call);
    this.#output.set(number, output);
    this.#outputs.set(number, output);
    return number;
  }

  #endInput(): void {
    for (const [number, input] of this.#input) {
      input.end();
      this.#inputs.delete(number);
    }
  }

  #forget(): void {
    this.#call.end();
    for (const number of this.#output.keys()) this.#outputs.delete(number);
  }
}

function opened<Opened>(name: GuestStreamName, open: () => Opened): Opened {
  try {
    return open();
  } catch (cause) {
    throw new InvalidArgumentError(
      `The stream ${name} of run() cannot be used; see the cause, and pass one that nothing else reads or writes.`,
      { cause },
    );
  }
}

function known<Stream>(stream: Stream | undefined): Stream {
  if (stream === undefined) throw new CannotCrossError('The call to which the stream belongs has ended.');
  return stream;
}

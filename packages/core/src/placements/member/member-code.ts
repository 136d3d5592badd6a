import { createHash } from 'node:crypto';
import type { CodeForm, CompiledCode, CompiledCodeSource } from '../../engines/wasmedge/aot/compiled-code.js';
import type { MemberChannel } from '../protocol/member-channel.js';
import type { GivenCode } from '../protocol/messages.js';

/** How many guests are remembered, and how many bytes of code. */
const maxGuests = 32;
const maxBytes = 64 * 1024 * 1024;

/** A guest whose code the caller was asked for. */
interface AskedGuest {
  readonly number: number;
  code: CompiledCode | undefined;
  whyNot: string;
  readonly answered: Promise<void>;
  /** Settles `answered`; gone when it has. */
  settle: (() => void) | undefined;
}

/** Thrown before a guest is instantiated whose code the caller was asked for; it never leaves {@link MemberCode}. */
class CodeWanted {
  readonly guest: AskedGuest;

  constructor(guest: AskedGuest) {
    this.guest = guest;
  }
}

/** The compiled code of a member's guests, which its caller has. */
export class MemberCode implements CompiledCodeSource {
  readonly #channel: MemberChannel;
  readonly #byHash = new Map<string, AskedGuest>();
  readonly #byBytes = new WeakMap<Uint8Array, AskedGuest>();
  #last = 0;
  /** Whether what asks for code can begin anew when the caller has answered. */
  #canBeginAnew = false;

  constructor(channel: MemberChannel) {
    this.#channel = channel;
  }

  /** Makes a call that instantiates a guest, once the caller has said whether it has its code. */
  serve<Result>(call: () => Result): Result | Promise<Result> {
    this.#canBeginAnew = true;
    try {
      return call();
    } catch (error) {
      if (error instanceof CodeWanted) return error.guest.answered.then(() => this.serve(call));
      throw error;
    } finally {
      this.#canBeginAnew = false;
    }
  }

  find(bytes: Uint8Array, form: CodeForm, label: string): CompiledCode | undefined {
    const { guest, isNew } = this.#guestOf(bytes);
    if (isNew) {
      this.#channel.send({
        kind: 'wantsCode',
        number: guest.number,
        form,
        label,
        bytes: Uint8Array.from(bytes),
      });
    }
    if (this.#canBeginAnew && guest.settle !== undefined) throw new CodeWanted(guest);
    return guest.code;
  }

  /** It was chosen how a guest runs, and from now on it may run: what it instantiates through the host, in the middle of its own call, does not wait. */
  noteChoice(): void {
    this.#canBeginAnew = false;
  }

  whyNot(bytes: Uint8Array): string {
    return this.#byBytes.get(bytes)?.whyNot ?? 'its code was not requested';
  }

  /** Takes what the caller says of a guest: that it has its code, or why not yet. */
  take({ number, form, whyNot, bytes }: GivenCode): void {
    const guest = [...this.#byHash.values()].find((each) => each.number === number);
    if (guest === undefined) return;
    if (whyNot !== undefined) guest.whyNot = whyNot;
    if (bytes !== undefined) guest.code = { bytes, form };
    guest.settle?.();
    guest.settle = undefined;
    this.#forgetOldest();
  }

  /** The same guest comes as another array when it has been read again. */
  #guestOf(bytes: Uint8Array): { readonly guest: AskedGuest; readonly isNew: boolean } {
    const seen = this.#byBytes.get(bytes);
    if (seen !== undefined) return { guest: seen, isNew: false };
    const hash = createHash('sha256').update(bytes).digest('hex');
    const known = this.#byHash.get(hash);
    const guest = known ?? this.#newGuest();
    this.#byBytes.set(bytes, guest);
    this.#byHash.delete(hash);
    this.#byHash.set(hash, guest);
    this.#forgetOldest();
    return { guest, isNew: known === undefined };
  }

  #newGuest(): AskedGuest {
    let settle: () => void = () => {};
    const answered = new Promise<void>((resolve) => {
      settle = resolve;
    });
    return { number: ++this.#last, code: undefined, whyNot: 'its code was just requested', answered, settle };
  }

  /** Those that wait for an answer stay, and the latest. */
  #forgetOldest(): void {
    let count = this.#byHash.size;
    let size = 0;
    for (const { code } of this.#byHash.values()) size += code?.bytes.byteLength ?? 0;
    for (const [hash, { code, settle }] of this.#byHash) {
      if ((count <= maxGuests && size <= maxBytes) || count === 1) break;
      if (settle !== undefined) continue;
      this.#byHash.delete(hash);
      count--;
      size -= code?.bytes.byteLength ?? 0;
    }
  }
}

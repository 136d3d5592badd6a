import type { Argument, MemoryEntry, Output, OutputKind, Step } from './step.js';

/** All rights of preview 1: 29 bits, as wasi-libc asks for them. */
export const everyRight = (1n << 29n) - 1n;

const outputsAt = 64;
const textsAt = 4096;
const buffersAt = 32_768;

/** A part of a call as a scenario writes it; texts and buffers become pointers and lengths. */
export type Part =
  | number
  | bigint
  | { readonly kept: string }
  /** A pointer and a length. */
  | { readonly text: string | Uint8Array }
  /** A pointer and a number of buffers with these bytes. */
  | { readonly sends: readonly string[] }
  /** A pointer and a number of buffers of these sizes, whose bytes are told. */
  | { readonly takes: readonly number[] }
  /** A pointer to a record that is told, or only kept. */
  | { readonly out: OutputKind | 'nothing'; readonly size: number; readonly keep?: string }
  /** A pointer and a length of a buffer that is told. */
  | { readonly buffer: number; readonly out: OutputKind; readonly keepCookie?: string }
  /** A pointer to bytes with numbers of earlier calls in them. */
  | { readonly record: readonly MemoryEntry[]; readonly size: number; readonly label: string }
  /** A pointer to memory for records. */
  | { readonly records: OutputKind; readonly size: number; readonly count: number };

/** Collects the calls of a scenario. */
export class Script {
  readonly steps: Step[] = [];

  /** Adds a call. Each has the memory for itself. */
  call(name: string, ...parts: readonly Part[]): this {
    this.steps.push(layOut(name, this.#label(name, parts), parts));
    return this;
  }

  #label(name: string, parts: readonly Part[]): string {
    const text = [name, ...parts.map(describe)].filter((part) => part !== '').join(' ');
    const repeats = this.steps.filter(({ label }) => label === text || label.startsWith(`${text} #`)).length;
    return repeats === 0 ? text : `${text} #${repeats + 1}`;
  }
}

function describe(part: Part): string {
  if (part === everyRight) return 'all';
  if (typeof part !== 'object') return `${part}`;
  if ('kept' in part) return `$${part.kept}`;
  if ('text' in part) return typeof part.text === 'string' ? shown(part.text) : `${part.text.length} bytes`;
  if ('sends' in part) return `[${part.sends.map(shown)}]`;
  if ('takes' in part) return `[${part.takes}]`;
  if ('buffer' in part) return `<${part.buffer}>`;
  if ('record' in part) return part.label;
  return '';
}

function shown(text: string): string {
  return text.length > 40 ? `${text.length} characters` : JSON.stringify(text);
}

function layOut(call: string, label: string, parts: readonly Part[]): Step {
  const args: Argument[] = [];
  const memory: MemoryEntry[] = [];
  const outputs: Output[] = [];
  const keep: { name: string; address: number; length: number }[] = [];
  let output = outputsAt;
  let text = textsAt;
  let buffer = buffersAt;
  const place = (bytes: Uint8Array): number => {
    const address = text;
    memory.push([address, Buffer.from(bytes).toString('hex')]);
    text += align(bytes.byteLength + 8);
    return address;
  };
  const reserve = (size: number): number => {
    const address = output;
    output += align(size);
    return address;
  };
  for (const part of parts) {
    if (typeof part === 'number') args.push(part);
    else if (typeof part === 'bigint') args.push({ long: `${BigInt.asIntN(64, part)}` });
    else if ('kept' in part) args.push(part);
    else if ('text' in part) {
      const bytes = Buffer.from(part.text as string);
      args.push(place(bytes), bytes.byteLength);
    } else if ('sends' in part) {
      args.push(
        place(vectors(part.sends.map((each) => [place(Buffer.from(each)), Buffer.byteLength(each)]))),
      );
      args.push(part.sends.length);
    } else if ('takes' in part) {
      const list = part.takes.map((size) => {
        const address = buffer;
        buffer += size;
        return [address, size] as const;
      });
      args.push(place(vectors(list)), part.takes.length);
      // The number of bytes comes next: every call that fills buffers has it as its last output.
      outputs.push({
        kind: 'bytes',
        address: buffersAt,
        length: buffer - buffersAt,
        used: { address: output, unit: 1 },
      });
    } else if ('buffer' in part) {
      args.push(buffer, part.buffer);
      outputs.push({
        kind: part.out,
        address: buffer,
        length: part.buffer,
        used: { address: output, unit: 1 },
      });
      if (part.keepCookie !== undefined) keep.push({ name: part.keepCookie, address: buffer, length: 8 });
      buffer += part.buffer;
    } else if ('record' in part) {
      const address = text;
      for (const [offset, content] of part.record) memory.push([address + offset, content]);
      text += align(part.size + 8);
      args.push(address);
    } else if ('records' in part) {
      args.push(buffer);
      const length = part.count * part.size;
      outputs.push({
        kind: part.records,
        address: buffer,
        length,
        used: { address: output, unit: part.size },
      });
      buffer += length;
    } else {
      const address = reserve(part.size);
      args.push(address);
      if (part.out !== 'nothing') outputs.push({ kind: part.out, address, length: part.size });
      if (part.keep !== undefined) keep.push({ name: part.keep, address, length: part.size });
    }
  }
  return { label, call, args, memory, outputs, keep };
}

/** Some hosts refuse records that are not aligned. */
function align(size: number): number {
  return Math.ceil(size / 8) * 8;
}

function vectors(list: readonly (readonly [number, number])[]): Uint8Array {
  return Buffer.from(Uint32Array.from(list.flat()).buffer);
}

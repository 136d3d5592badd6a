import { describe, expect, it } from 'vitest';
import { expectThrows } from '../__fixtures__/expect-error.js';
import { wat } from '../__fixtures__/wat.js';
import { generateGuestTypes } from '../guest-types/generate-guest-types.js';
import {
  compileGuest,
  copyOptions,
  createRuntime,
  definePlugin,
  type GuestMemory,
  GuestStreamError,
  hostModule,
  InvalidArgumentError,
  readOptions,
  refuseLostBytes,
} from '../index.js';
import { echoGuest } from '../placements/__fixtures__/echo-guest.js';
import { hasLostBytes } from './lost-bytes.js';

function lost<Bytes extends ArrayBufferView<ArrayBuffer>>(bytes: Bytes): Bytes {
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return bytes;
}

const lostBytes = () => lost(Uint8Array.of(1, 2, 3));

/** Those that a longer array would not fit into, and those of 32 bits. */
const kinds = [Uint8Array, Int16Array, Float32Array, Float64Array, BigInt64Array] as const;

describe('bytes whose buffer was transferred', () => {
  it.each(kinds)('are told from an empty %o', (Kind) => {
    expect([hasLostBytes(lost(new Kind(2))), hasLostBytes(new Kind(0))]).toEqual([true, false]);
    expect([hasLostBytes(new Kind(2)), hasLostBytes(new Kind(2).subarray(2))]).toEqual([false, false]);
  });

  it('are told in buffers, other views, and views that their buffer has become too short for', () => {
    const view = lost(new DataView(new ArrayBuffer(3)));
    expect([hasLostBytes(view), hasLostBytes(view.buffer), hasLostBytes(lost(Buffer.alloc(9000)))]).toEqual([
      true,
      true,
      true,
    ]);
    expect(hasLostBytes(new DataView(new ArrayBuffer(0)))).toBe(false);
    expect(hasLostBytes(new ArrayBuffer(0))).toBe(false);
    expect(hasLostBytes(new SharedArrayBuffer(0))).toBe(false);
    const buffer = Reflect.construct(ArrayBuffer, [8, { maxByteLength: 8 }]) as ArrayBuffer & {
      resize(length: number): void;
    };
    const [part, whole] = [new Uint8Array(buffer, 4, 4), new Uint8Array(buffer)];
    buffer.resize(2);
    expect([hasLostBytes(part), hasLostBytes(whole)]).toEqual([true, false]);
  });

  it('are refused with what they are and what to pass', () => {
    expectThrows(
      () => refuseLostBytes('The body of a request', lostBytes()),
      InvalidArgumentError,
      'ERR_INVALID_ARGUMENT',
      /^The body of a request is a Uint8Array whose bytes are gone: its buffer was transferred, .* Pass bytes that are still there/,
    );
  });
});

/** Every place of core that takes bytes, and what its message calls them. */
describe('bytes that are gone are refused', () => {
  const emit = definePlugin({
    name: 'emit',
    moduleNames: ['emit'],
    options: { files: { type: 'custom', read: (given: unknown) => given, description: '' } },
    create: () => ({ modules: [hostModule('emit', {})] }),
  });
  it.each([
    [
      'an option of a plug-in',
      'The option files.1.data of the plug-in emit',
      () => emit({ files: [1, { data: lostBytes() }] }),
    ],
    [
      'an option of a client',
      'The option a of client()',
      () =>
        readOptions(
          'client()',
          { a: { type: 'custom', read: (given: unknown) => given, description: '' } },
          { a: lostBytes() },
        ),
    ],
    [
      'an argument of a host module',
      'The option 0 of hostModule()',
      () =>
        hostModule(
          'm',
          {},
          {
            exportedAs: { module: import.meta.url, export: 'm' },
            arguments: [lostBytes()],
          },
        ),
    ],
    [
      'options that are copied',
      'The option entry.key of the options',
      () => copyOptions(new Map([[{}, new Map([[lostBytes(), 1]])]])),
    ],
    ['options that are bytes', 'An argument of the options', () => copyOptions(lostBytes())],
    ['a guest to describe', 'The guest of generateGuestTypes()', () => generateGuestTypes(lostBytes())],
  ])('as %s', (_, what, take) => {
    expectThrows(take, InvalidArgumentError, 'ERR_INVALID_ARGUMENT');
    expect(take).toThrow(`${what} is a Uint8Array whose bytes are gone`);
  });

  it('as a guest, and in the memory of one', async () => {
    await expect(compileGuest(lostBytes())).rejects.toThrow('The guest is a Uint8Array whose bytes');
    using runtime = await createRuntime();
    expect(() => runtime.run(lostBytes())).toThrow('The guest is a Uint8Array whose bytes');
    const memory = runtime.instantiate(wat('(module (memory (export "memory") 1))')).memory as GuestMemory;
    expect(() => memory.write(0, lostBytes())).toThrow('What memory.write() was given is a Uint8Array');
    expect(() => memory.write(0, new Uint8Array(0))).not.toThrow();
  });

  it('as standard input', async () => {
    const text = 'is a Uint8Array whose bytes are gone';
    const wasi = { stdin: lostBytes() };
    await expect(createRuntime({ wasi })).rejects.toThrow(`The option wasi.stdin ${text}`);
    using runtime = await createRuntime();
    expect(() => runtime.run(echoGuest, wasi)).toThrow(`The option run({ stdin }) ${text}`);
  });

  it.each(['worker', 'process'] as const)('in a %s', async (placement) => {
    await using runtime = await createRuntime({ placement });
    const text = 'is a Uint8Array whose bytes are gone';
    await expect(runtime.run(lostBytes())).rejects.toThrow(`The guest ${text}`);
    const instance = await runtime.instantiate(wat('(module (memory (export "memory") 1))'));
    await expect(instance.writeMemory(0, lostBytes())).rejects.toThrow(
      `What writeMemory() was given ${text}`,
    );
    await expect(runtime.run(echoGuest, { stdin: lostBytes() })).rejects.toThrow('transferred');
    async function* pieces() {
      yield lostBytes();
    }
    const streamed = await runtime.run(echoGuest, { stdin: pieces() }).catch((error: unknown) => error);
    expect(GuestStreamError.isInstance(streamed)).toBe(true);
    expect(((streamed as Error).cause as Error).message).toMatch(`A chunk of stdin ${text}`);
    const source = { read: (room: Uint8Array<ArrayBuffer>) => lost(room).byteLength + 1 };
    const read = await runtime.run(echoGuest, { stdin: source as never }).catch((error: unknown) => error);
    expect(((read as Error).cause as Error).message).toMatch('stdin.read() transferred the array');
  });
});

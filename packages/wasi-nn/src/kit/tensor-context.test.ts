import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { RawTensor } from '../backend.js';
import { TensorContext } from './tensor-context.js';

const input: RawTensor = { type: 'u8', shape: [1], data: Uint8Array.of(7) };

/** Gives back its input, later if it is asked to; -1 is a failure. */
class EchoContext extends TensorContext<number> {
  readonly outputCount = 1;
  freed = 0;
  #value = 0;

  constructor() {
    super([{ name: 'x', type: 'u8', shape: [1] }]);
  }

  protected override write(_index: number, { data }: RawTensor): void {
    this.#value = data[0] === 255 ? -1 : (data[0] as number);
  }

  protected override invoke(): number {
    return this.#value;
  }

  protected override async invokeAsync(): Promise<number> {
    await sleep(5);
    return this.invoke();
  }

  protected override finish(value: number): void {
    if (value === -1) throw new Error('a failure');
  }

  protected override read(): RawTensor {
    return { ...input, data: Uint8Array.of(this.#value) };
  }

  protected override free(): void {
    this.freed++;
  }
}

const refuses = (work: () => unknown, expected: object) => {
  let thrown: unknown;
  try {
    work();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject(expected);
};

it('takes the inputs that the model has, and computes when all are there', () => {
  const context = new EchoContext();
  refuses(() => context.setInput(1, input), { errnoName: 'invalid_argument' });
  refuses(() => context.setInput(0, { ...input, type: 'i8' }), { errnoName: 'invalid_argument' });
  refuses(() => context.compute(), { errnoName: 'runtime_error' });
  refuses(() => context.output(0), { errnoName: 'runtime_error' });
  context.setInput(0, input);
  context.compute();
  expect(context.output(0).data[0]).toBe(7);
  refuses(() => context.output(1), { errnoName: 'invalid_argument' });
});

it('has no outputs after a computation that failed', async () => {
  const context = new EchoContext();
  context.setInput(0, input);
  context.compute();
  context.setInput(0, { ...input, data: Uint8Array.of(255) });
  expect(() => context.compute()).toThrow('a failure');
  refuses(() => context.output(0), { errnoName: 'runtime_error' });
  await expect(context.computeAsync()).rejects.toThrow('a failure');
  context.setInput(0, input);
  await context.computeAsync();
  expect(context.output(0).data[0]).toBe(7);
});

it('is busy while it computes, for every call', async () => {
  const context = new EchoContext();
  context.setInput(0, input);
  const running = context.computeAsync();
  for (const call of [() => context.setInput(0, input), () => context.compute(), () => context.output(0)]) {
    refuses(call, { errnoName: 'busy' });
  }
  await expect(context.computeAsync()).rejects.toMatchObject({ errnoName: 'busy' });
  await running;
  context.compute();
});

it('is freed once: when it is disposed, or when what computes then has ended', async () => {
  const idle = new EchoContext();
  idle[Symbol.dispose]();
  idle[Symbol.dispose]();
  expect(idle.freed).toBe(1);
  refuses(() => idle.setInput(0, input), { code: 'ERR_DISPOSED' });
  const busy = new EchoContext();
  busy.setInput(0, input);
  const running = busy.computeAsync();
  busy[Symbol.dispose]();
  expect(busy.freed).toBe(0);
  await running;
  expect(busy.freed).toBe(1);
  await expect(busy.computeAsync()).rejects.toMatchObject({ code: 'ERR_DISPOSED' });
  busy[Symbol.dispose]();
  expect(busy.freed).toBe(1);
});

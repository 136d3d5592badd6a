import { describe, expect, it } from 'vitest';
import { wat } from '../__fixtures__/wat.js';
import { limitMemory } from './__fixtures__/bounds.js';
import { moduleOf } from './__fixtures__/modules.js';
import { readModuleTypes } from './module-types.js';

describe('limitMemory', () => {
  // Sections on both sides of the memory section show that nothing else moves.
  const source = (memory: string) =>
    `(module (import "env" "f" (func $f)) ${memory}
      (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
      (func (export "read") (result i32) (i32.load8_u (i32.const 3)))
      (data (i32.const 3) "A"))`;

  async function instantiate(bytes: Uint8Array) {
    const { instance } = await WebAssembly.instantiate(bytes as Uint8Array<ArrayBuffer>, {
      env: { f: () => {} },
    });
    return instance.exports as { grow: (pages: number) => number; read: () => number };
  }

  it.each(['(memory 1)', '(memory 1 300)', '(memory 1 65536)'])(
    'stops %s at 200 pages in Node',
    async (memory) => {
      const { grow, read } = await instantiate(limitMemory(wat(source(memory)), 200));
      expect(read()).toBe(65);
      expect(grow(200)).toBe(-1);
      expect(grow(199)).toBe(1);
      expect(grow(1)).toBe(-1);
    },
  );

  it.each([
    ['a smaller maximum', '(memory 1 199)', 200],
    ['an equal maximum', '(memory 1 200)', 200],
    ['no maximum and a limit of 4 GiB', '(memory 1)', 65536],
    ['an imported memory', '(import "env" "memory" (memory 1))', 2],
  ])('returns the same array for %s', (_, memory, limit) => {
    const bytes = wat(source(memory));
    expect(limitMemory(bytes, limit)).toBe(bytes);
  });

  it('returns the same array for a module without memory', () => {
    const bytes = moduleOf();
    expect(limitMemory(bytes, 0)).toBe(bytes);
  });

  it('limits every memory, also shared ones and ones of 64 bits', () => {
    const bytes = wat('(module (memory 1 9 shared) (memory i64 2) (memory 3 4) (memory i64 1 6))');
    // They start with 7 pages of 19; each of the four may grow by a quarter of the rest.
    expect(readModuleTypes(limitMemory(bytes, 19)).memories).toEqual([
      { minimum: 1, maximum: 4, shared: true, is64: false },
      { minimum: 2, maximum: 5, shared: false, is64: true },
      { minimum: 3, maximum: 4, shared: false, is64: false },
      { minimum: 1, maximum: 4, shared: false, is64: true },
    ]);
  });

  it('leaves what memories of a fixed size do not take to those that can grow', () => {
    const bytes = wat('(module (memory 3 3) (memory 1))');
    expect(readModuleTypes(limitMemory(bytes, 10)).memories.map(({ maximum }) => maximum)).toEqual([3, 7]);
  });

  it('refuses memories that start over the limit together', () => {
    expect(() => limitMemory(wat('(module (memory 6) (memory 5))'), 10)).toThrow(
      expect.objectContaining({
        code: 'ERR_MEMORY_LIMIT',
        message: expect.stringMatching(/2 memories of at least 11 pages, but limits\.memoryPages allows 10/),
      }),
    );
  });

  it('refuses more memories than the WebAssembly JavaScript interface has', () => {
    const manyMemories = (count: number) => wat(`(module ${'(memory 0)'.repeat(count)})`);
    expect(() => limitMemory(manyMemories(100), 65536)).not.toThrow();
    expect(() => limitMemory(manyMemories(101), 65536)).toThrow(/101 memories .* at most 100 are accepted/);
  });

  it('does not let a memory of 64 bits without a maximum pass a limit of 4 GiB', () => {
    const bytes = wat('(module (memory i64 1))');
    expect(readModuleTypes(limitMemory(bytes, 65536)).memories[0]?.maximum).toBe(65536);
  });

  it('leaves the given bytes as they are', () => {
    const bytes = wat(source('(memory 1)'));
    const before = Uint8Array.from(bytes);
    limitMemory(bytes, 2);
    expect(bytes).toEqual(before);
  });

  it('refuses a memory that starts over the limit, naming both numbers and the option', () => {
    const bytes = wat(source('(memory 65536)'));
    expect(() => limitMemory(bytes, 1024)).toThrow(
      expect.objectContaining({
        code: 'ERR_MEMORY_LIMIT',
        message: expect.stringMatching(/65536 pages, but limits\.memoryPages allows 1024/),
      }),
    );
  });

  it('refuses bytes that are not a module', () => {
    expect(() => limitMemory(Uint8Array.from([1, 2, 3]), 5)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_GUEST' }),
    );
  });
});

import { strict as assert } from 'node:assert';
import type { CaseContext, ConformanceCase } from '@wasmedge-plugins/conformance';
import { memorySize, RawCalls } from '../drive/raw-calls.js';

const source = 'measured: WasmEdge 0.14.1';
const rules = { allowCommands: ['sh', 'env'] };
const trapDefect = 'traps-on-bad-range';

/** Ranges that are not all in a memory of 65536 bytes; -1 is 4294967295. */
const badRanges = [
  [memorySize, 1],
  [memorySize - 1, 2],
  [0, memorySize + 1],
  [0, -1],
  [-1, 1],
  [-1, -1],
  [-16, 32],
  [0x7fff_ffff, 1],
  [-0x8000_0000, -0x8000_0000],
] as const;

const create = (context: CaseContext) => RawCalls.create(context, rules);

/** Pointers and lengths that no well-behaved guest passes. */
export const rangeCases: readonly ConformanceCase[] = [
  {
    name: 'a program name outside the memory counts as empty',
    source,
    detects: [trapDefect],
    async run(context) {
      const raw = await create(context);
      for (const [pointer, length] of badRanges) {
        await raw.exports.set_prog_name(pointer, length);
      }
      assert.equal(await raw.exports.run(), -1);
      assert.match(await raw.stderr(), /^Permission denied: Command "" is not/);
    },
  },
  {
    name: 'an argument outside the memory is an empty argument',
    source,
    detects: [trapDefect],
    async run(context) {
      const raw = await create(context);
      await raw.shell('printf "<%s>" "$@"');
      for (const [pointer, length] of badRanges) {
        await raw.exports.add_arg(pointer, length);
      }
      assert.equal(await raw.exports.run(), 0);
      assert.equal(await raw.stdout(), '<>'.repeat(badRanges.length));
    },
  },
  {
    name: 'the value of a variable outside the memory is empty',
    source,
    detects: [trapDefect],
    async run(context) {
      const raw = await create(context);
      const name = await raw.store(0, 'env');
      await raw.exports.set_prog_name(name.offset, name.length);
      for (const [index, [pointer, length]] of badRanges.entries()) {
        await raw.store(0, `K${index}`);
        await raw.exports.add_env(0, 2, pointer, length);
      }
      assert.equal(await raw.exports.run(), 0);
      assert.deepEqual(
        (await raw.stdout()).trim().split('\n').sort(),
        [...badRanges.keys()].map((index) => `K${index}=`),
      );
    },
  },
  {
    name: 'a variable whose name is outside the memory has none and is refused',
    source: 'POSIX XBD 8.1: environment strings have the form name=value',
    upstreamDiffers: 'it is passed as "=", without a name',
    detects: [trapDefect],
    async run(context) {
      for (const [pointer, length] of badRanges) {
        const raw = await create(context);
        await raw.shell('exit 0');
        await raw.exports.add_env(pointer, length, pointer, length);
        assert.equal(await raw.exports.run(), -1);
        assert.match(await raw.stderr(), /^Permission denied: "" cannot be the name/);
      }
    },
  },
  {
    name: 'stdin outside the memory adds nothing',
    source,
    detects: [trapDefect],
    async run(context) {
      const raw = await create(context);
      await raw.shell('cat');
      await raw.store(0, 'ab');
      await raw.exports.add_stdin(0, 1);
      for (const [pointer, length] of badRanges) {
        await raw.exports.add_stdin(pointer, length);
      }
      await raw.exports.add_stdin(1, 1);
      assert.equal(await raw.exports.run(), 0);
      assert.equal(await raw.stdout(), 'ab');
    },
  },
  {
    name: 'output that does not fit behind the pointer is not written, not even in part',
    source,
    detects: [trapDefect, 'writes-part-of-output'],
    async run(context) {
      const raw = await create(context);
      await raw.shell('printf 0123456789; printf abcdefghij >&2');
      assert.equal(await raw.exports.run(), 0);
      await raw.store(memorySize - 10, '..........');
      for (const pointer of [memorySize - 9, memorySize - 1, memorySize, 0x7fff_ffff, -10, -1]) {
        await raw.exports.get_stdout(pointer);
        await raw.exports.get_stderr(pointer);
      }
      assert.equal((await raw.load(memorySize - 10, 10)).toString(), '..........');
      await raw.exports.get_stdout(memorySize - 10);
      assert.equal((await raw.load(memorySize - 10, 10)).toString(), '0123456789');
      await raw.exports.get_stderr(memorySize - 10);
      assert.equal((await raw.load(memorySize - 10, 10)).toString(), 'abcdefghij');
    },
  },
  {
    name: 'offset 0 and the whole memory are good ranges',
    source,
    async run(context) {
      const raw = await create(context);
      await raw.shell('head -c 70000 /dev/zero | tr "\\0" x; cat >&2', 100);
      await raw.exports.add_stdin(0, memorySize);
      assert.equal(await raw.exports.run(), 0);
      assert.deepEqual(
        [await raw.exports.get_stdout_len(), await raw.exports.get_stderr_len()],
        [70_000, memorySize],
      );
      await raw.exports.get_stderr(0);
      await raw.exports.get_stdout(0);
      assert.equal(await raw.exports.load(0), 0, 'more than the memory holds is not written');
      assert.equal(await raw.exports.grow(1), 1);
      await raw.exports.get_stdout(1000);
      assert.equal((await raw.load(70_990, 12)).toString(), 'xxxxxxxxxx\0\0');
    },
  },
  {
    name: 'a guest without memory is stopped where memory is needed, and nowhere else',
    source,
    detects: ['ignores-missing-memory'],
    async run(context) {
      const runtime = await context.createRuntime({ plugin: rules });
      const { exports } = await runtime.instantiate(context.guest('no-memory'));
      for (const name of ['set_prog_name', 'add_arg', 'add_env', 'add_stdin', 'get_stdout', 'get_stderr']) {
        await assert.rejects(
          async () => exports[name]?.(),
          (error: { code?: unknown }) => error.code === 'ERR_NO_MEMORY' || error.code === 'ERR_GUEST_TRAP',
          name,
        );
      }
      assert.equal(await exports.without_memory?.(), 1);
      // The runtime goes on for other guests.
      const raw = await RawCalls.in(runtime, context);
      await raw.shell('exit 9');
      assert.equal(await raw.exports.run(), 9);
    },
  },
];

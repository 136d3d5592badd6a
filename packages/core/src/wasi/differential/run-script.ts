import type { GuestExports, GuestMemory, Instance } from '../../index.js';
import type { Answer, Argument, Step } from './step.js';

// What stands for a number that no call has left: a descriptor that is never open.
const neverLeft = 0x7fffffffn;

/** Makes the calls of a scenario through a guest that exports each WASI function. */
export function runScript(instance: Instance<GuestExports>, steps: readonly Step[]): Answer[] {
  const kept = new Map<string, bigint>();
  const memory = instance.memory as GuestMemory;
  return steps.map((step) => {
    memory.fill(0, memory.byteLength, 0);
    for (const [address, content] of step.memory) {
      if (typeof content === 'string') memory.write(address, Buffer.from(content, 'hex'));
      else memory.writeU32(address, Number(kept.get(content.kept) ?? neverLeft));
    }
    const name = step.call;
    const errno = answerOf(() =>
      instance.exports[name]?.(...step.args.map((each) => argumentValue(each, kept))),
    );
    if (errno === 0) {
      for (const { name, address, length } of step.keep) {
        kept.set(name, length === 8 ? memory.readU64(address) : BigInt(memory.readU32(address)));
      }
    }
    const outputs = step.outputs.map(({ address, length, used }) => {
      const told = used === undefined ? length : Math.min(length, memory.readU32(used.address) * used.unit);
      return Buffer.from(memory.read(address, told)).toString('hex');
    });
    return { errno, outputs };
  });
}

function answerOf(call: () => unknown): number | string {
  try {
    return call() as number;
  } catch (error) {
    return `${error}`;
  }
}

function argumentValue(argument: Argument, kept: ReadonlyMap<string, bigint>): number | bigint {
  if (typeof argument === 'number') return argument;
  if ('long' in argument) return BigInt(argument.long);
  const value = kept.get(argument.kept) ?? neverLeft;
  // Cookies are 64 bits wide, descriptors 32: the name says which.
  return argument.kept.startsWith('cookie') ? BigInt.asIntN(64, value) : Number(value);
}

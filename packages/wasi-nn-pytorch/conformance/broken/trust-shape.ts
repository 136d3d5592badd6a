import type { Caller, HostFunction, HostModule, Plugin } from '@wasmedge-plugins/core';

/** Takes the shape of f32 tensors for granted: the length that a guest gives is replaced by the shape's. */
export function trustShape(plugin: Plugin): Plugin {
  return {
    ...plugin,
    create(context) {
      const instance = plugin.create(context);
      return {
        modules: instance.modules.map(withTrustingInput),
        [Symbol.dispose]: () => instance[Symbol.dispose]?.(),
      };
    },
  };
}

function withTrustingInput(module: HostModule): HostModule {
  const right = module.functions.set_input as HostFunction;
  const call = (caller: Caller, ...args: number[]) => {
    const record = args[2] as number;
    const { memory } = caller;
    const dimensions = memory.readU32(record);
    const rank = memory.readU32(record + 4);
    let length = 4;
    for (let axis = 0; axis < rank; axis++) length *= memory.readU32(dimensions + axis * 4);
    memory.writeU32(record + 16, length);
    return (right.call as (caller: Caller, ...args: number[]) => number)(caller, ...args);
  };
  const broken = { ...right, call } as HostFunction;
  return { ...module, functions: { ...module.functions, set_input: broken } };
}

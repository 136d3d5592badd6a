import { definePlugin, hostModule, implement, signature } from '@wasmedge-plugins/core';

/** The functions of the module, with the signatures that guests see. */
const abi = { get_string: signature(['i32', 'i32', 'i32'], []) } as const;

/** Gives guests a text of the host's. */
export const getString = definePlugin({
  name: 'plugin_name',
  moduleNames: ['module_wasm_name'],
  exportedAs: { package: 'get-string', from: import.meta.url, export: 'getString' },
  options: {
    string: { type: 'string', default: 'hello', description: 'the text that guests get' },
    upper: { type: 'boolean', default: false, description: 'letters a to z become capitals' },
  },
  native: { fileName: 'getString' },
  create({ string, upper }) {
    const text = upper ? string.replace(/[a-z]/g, (letter) => letter.toUpperCase()) : string;
    const bytes = new TextEncoder().encode(text);
    const functions = implement(abi, {
      get_string({ memory }, buffer, length, written) {
        // Both ranges are checked before anything is written. What lies outside stops the guest.
        memory.borrow(written, 4, () => {
          memory.borrow(buffer, length, (target) => {
            const given = bytes.subarray(0, target.length);
            target.set(given);
            memory.writeU32(written, given.length);
          });
        });
      },
    });
    return { modules: [hostModule('module_wasm_name', functions)] };
  },
});

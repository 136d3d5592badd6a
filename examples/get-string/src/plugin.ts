import { definePlugin, hostFunction, hostModule } from '@wasmedge-plugins/core';

/** Gives guests a text of the host's. */
export const getString = definePlugin({
  name: 'plugin_name',
  moduleNames: ['module_wasm_name'],
  options: {
    string: { type: 'string', default: 'hello', description: 'the text that guests get' },
    upper: { type: 'boolean', default: false, description: 'letters a to z become capitals' },
  },
  native: { fileName: 'getString' },
  create({ string, upper }) {
    const text = upper ? string.replace(/[a-z]/g, (letter) => letter.toUpperCase()) : string;
    const bytes = new TextEncoder().encode(text);
    return {
      modules: [
        hostModule('module_wasm_name', {
          get_string: hostFunction(['i32', 'i32', 'i32'], [], ({ memory }, buffer, length, written) => {
            // Both ranges are checked before anything is written. What lies outside stops the guest.
            memory.borrow(written, 4, () => {
              memory.borrow(buffer, length, (target) => {
                const given = bytes.subarray(0, target.length);
                target.set(given);
                memory.writeU32(written, given.length);
              });
            });
          }),
        }),
      ],
    };
  },
});

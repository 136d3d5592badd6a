import { definePlugin, hostFunction, hostModule } from '@wasmedge-plugins/core';

/** The plug-in of the sum suite, as it is made again in a thread or process; with a defect by option. In plain JavaScript, for those. */
export const placedSum = definePlugin({
  name: 'sum',
  moduleNames: ['sum'],
  exportedAs: { module: import.meta.url, export: 'placedSum' },
  options: { subtracts: { type: 'boolean', default: false, description: 'subtracts' } },
  create({ subtracts }) {
    let last = 0;
    const add = hostFunction(['i32', 'i32'], ['i32'], (_, a, b) => {
      last = subtracts ? a - b : a + b;
      return last;
    });
    return { modules: [hostModule('sum', { add, last: hostFunction([], ['i32'], () => last) })] };
  },
});

/**
 * A backend of named models: each has an input of type bool, also taken as u8 with one more dimension, and one output, which is a text: the model's name and what
 * the host added to the computation. The host is told of each.
 */
export function openNamed(_options, { tell }) {
  return {
    load({ parts, fromHost: atLoad }) {
      const name = new TextDecoder().decode(parts[0]);
      if (name === 'lost') throw Object.assign(new Error('no server has it'), { errnoName: 'not_found' });
      tell?.({ loaded: name, atLoad });
      return {
        inputs: [{ name: 'x', type: 'bool', shape: [2], alsoTakes: [{ type: 'u8', shape: [2, 1] }] }],
        outputs: [{ name: 'text', type: 'u8', shape: [-1] }],
        createContext: () => context(name, tell),
        free() {},
      };
    },
  };
}

function context(name, tell) {
  let output;
  return {
    outputCount: 1,
    setInput() {},
    compute(fromHost) {
      tell?.({ computed: name });
      if (fromHost === 'fail') throw new Error('failed as told');
      const data = new TextEncoder().encode(`${name} ${fromHost}`);
      output = { type: 'u8', shape: [data.length], data };
    },
    output: () => output,
    free() {},
  };
}

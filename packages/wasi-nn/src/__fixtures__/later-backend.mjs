import { setTimeout as sleep } from 'node:timers/promises';

/** Objects that are not freed, by the thread that made them. */
let alive = 0;

/**
 * A backend that does everything later. Its models are texts: `sum N` adds N inputs of type f32; `spell N` gives back the text of input 0 in capitals,
 * as a whole or letter by letter, and has room for N letters; `wait MS` computes for so long; `spin` computes for ever, in its thread; `end` ends its process; `alive` tells how many objects there are.
 */
export async function openLater(options, { maxBytes }) {
  await sleep(1);
  if (options?.broken) throw new Error('cannot be opened');
  return {
    async load({ parts, config, origin }) {
      await sleep(1);
      const [kind, number] = new TextDecoder().decode(parts[0]).split(' ');
      const make = { sum, spell, wait, spin, end, alive: tell }[kind];
      if (make === undefined) throw failure('invalid_argument', 'no model');
      alive++;
      return {
        ...(kind === 'sum'
          ? { inputs: infos(Number(number), 'x'), outputs: infos(1, 'sum') }
          : { inputs: undefined, outputs: undefined }),
        takesInputsAtOnce: kind === 'spell',
        async createContext() {
          await sleep(1);
          alive++;
          return {
            outputCount: 1,
            ...make({ number: Number(number), maxBytes, config, origin, options }),
            free: () => {
              alive--;
            },
          };
        },
        free: () => {
          alive--;
        },
      };
    },
  };
}

function sum() {
  const inputs = [];
  let output;
  return {
    setInput(index, { data }) {
      inputs[index] = new Float32Array(data.slice().buffer);
    },
    async compute() {
      output = undefined;
      await sleep(1);
      output = inputs[0].map((_, at) => inputs.reduce((total, input) => total + input[at], 0));
    },
    output() {
      if (output === undefined) throw failure('runtime_error', 'nothing was computed');
      return { type: 'f32', shape: [output.length / 3, 3], data: new Uint8Array(output.slice().buffer) };
    },
  };
}

function spell({ number }) {
  let text = '';
  let done = 0;
  const bytes = (letters) => {
    const data = new TextEncoder().encode(letters);
    return { type: 'u8', shape: [data.length], data };
  };
  return {
    outputNames: ['text'],
    setInput(index, { data }) {
      const given = new TextDecoder().decode(data);
      if (index !== 0 || given === '') throw failure('invalid_argument', 'no text');
      text = given.toUpperCase();
      done = 0;
    },
    async compute() {
      await sleep(1);
      done = Math.min(text.length, number);
      if (text.length > number) throw failure('context_full', 'no room');
    },
    output: () => bytes(text.slice(0, done)),
    pieces: {
      async compute() {
        await sleep(1);
        if (done >= text.length) throw failure('end_of_sequence', 'the end');
        if (done >= number) throw failure('context_full', 'no room');
        done++;
      },
      output: () => bytes(text.slice(Math.max(0, done - 1), done)),
      async finish() {
        await sleep(5);
        done = 0;
      },
    },
  };
}

function wait({ number }) {
  return { outputCount: 0, setInput() {}, compute: () => sleep(number), output() {} };
}

function spin() {
  const compute = () => {
    for (;;);
  };
  return { outputCount: 0, setInput() {}, compute, output() {} };
}

function end() {
  return { outputCount: 0, setInput() {}, compute: () => process.kill(process.pid, 'SIGKILL'), output() {} };
}

function tell({ maxBytes, config, origin, options }) {
  const data = () => new TextEncoder().encode(JSON.stringify({ alive, maxBytes, config, origin, options }));
  return {
    setInput() {},
    compute() {},
    output: () => ({ type: 'u8', shape: [data().length], data: data() }),
  };
}

function infos(count, name) {
  return Array.from({ length: count }, (_, index) => ({
    name: count === 1 ? name : `${name}${index}`,
    type: 'f32',
    shape: [-1, 3],
  }));
}

function failure(errnoName, message) {
  return Object.assign(new Error(message), { errnoName });
}

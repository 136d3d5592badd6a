import { basename, extname } from 'node:path';
import { UsageError } from '../errors.js';
import { quantisationText } from './format-model.js';
import type { DescribedTensor, ModelDescription } from './model-description.js';

/** Element types of WASI-NN. */
const known = ['f16', 'f32', 'f64', 'u8', 'i8', 'i32', 'i64', 'bool'];

/** Words that cannot name a constant. */
const reserved =
  /^(?:await|break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|export|extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|null|package|private|protected|public|return|static|super|switch|this|throw|true|try|typeof|var|void|while|with|yield)$/;

/**
 * TypeScript that states a model with `defineModel`. Where the file does not tell a type or shape, it has one to be replaced.
 *
 * @throws {UsageError} for an element type that WASI-NN does not have, and for a language model, whose sessions take no definition.
 */
export function defineModelText(file: string, { format, inputs, outputs }: ModelDescription): string {
  if (format === 'GGUF') {
    throw new UsageError(
      `${file} is a language model, whose sessions take no definition: ggml().session({ file: ${JSON.stringify(file)} })`,
    );
  }
  return `import { defineModel } from '@wasmedge-plugins/wasi-nn';

export const ${constantName(file)} = defineModel({
  inputs: {
${lines(file, inputs)}  },
  outputs: {
${lines(file, outputs)}  },
});
`;
}

function lines(file: string, tensors: readonly DescribedTensor[]): string {
  const names = tensors.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new UsageError(`${file} has two tensors named "${twice}", which a definition cannot tell apart`);
  }
  return tensors.map((tensor) => `    ${line(file, tensor)}\n`).join('');
}

function line(file: string, tensor: DescribedTensor): string {
  const { name, type, shape } = tensor;
  if (type !== undefined && !known.includes(type)) {
    throw new UsageError(`${file} has ${name} of type ${type}, which WASI-NN does not have; see --json`);
  }
  const missing = [type === undefined && 'type', shape === undefined && 'shape'].filter(Boolean);
  const untold =
    missing.length > 0 ? `put in what the file does not tell: ${missing.join(' and ')}` : undefined;
  const comment = untold ?? quantisationText(tensor);
  const text = `${propertyName(name)}: { type: '${type ?? 'f32'}', shape: [${(shape ?? [-1, -1]).join(', ')}] },`;
  return comment === undefined ? text : `${text} // ${comment}`;
}

/** As a literal whatever it has in it: a name comes from a file that is not trusted. */
function propertyName(name: string): string {
  if (/^[A-Za-z_$][\w$]*$/.test(name) && name !== '__proto__') return name;
  // A key in brackets is one, even where it is `__proto__`.
  const text = JSON.stringify(name).replace(
    /[\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16)}`,
  );
  return name === '__proto__' ? `[${text}]` : text;
}

function constantName(file: string): string {
  const words = basename(file, extname(file))
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  const [first = 'model', ...rest] = words;
  const name = [first, ...rest.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))].join('');
  return /^[0-9]/.test(name) || reserved.test(name)
    ? `model${name.slice(0, 1).toUpperCase()}${name.slice(1)}`
    : name;
}

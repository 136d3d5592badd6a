import {
  brokenModel,
  type DescribedTensor,
  type ModelDescription,
  readModelFile,
} from '@wasmedge-plugins/wasi-nn/kit';

const format = 'TorchScript';

/** It is read into memory whole, with its weights. */
const maxBytes = 2 ** 30;

// Of the archive only two files are unpacked: code that says more than this was not written by a person, and what is packed better is a trick.
const maxTextBytes = 4 * 2 ** 20;
const maxPackedBytes = 256 * 2 ** 10;

const untold = 'TorchScript tells neither element types nor shapes of inputs and outputs.';

/**
 * What a file that `torch.jit.save` wrote tells of its model: the names of the inputs of `forward`, and how its results are nested. Nothing
 * of it is trusted, and nothing is run.
 *
 * @throws {InvalidArgumentError} when it cannot be read, or is something else.
 */
export async function describeModel(path: string): Promise<ModelDescription> {
  const bytes = readModelFile(path, maxBytes);
  // Only this needs what reads archives.
  const { unzipSync } = await import('fflate');
  const read = (wanted: RegExp) => {
    let isFound = false;
    const files = unzipSync(bytes, {
      filter: ({ name, size, originalSize, compression }) => {
        if (isFound || !wanted.test(name)) return false;
        isFound = true;
        if (originalSize > maxTextBytes || (compression !== 0 && size > maxPackedBytes)) {
          throw new RangeError(`${name} in it is too large`);
        }
        return true;
      },
    });
    const [text] = Object.values(files);
    return text === undefined ? undefined : Buffer.from(text).toString('utf8');
  };
  try {
    const { module, name } = classOf(read(/^[^/]*\/data\.pkl$/));
    const code = read(new RegExp(`^[^/]*/code/${module.replaceAll('.', '/')}\\.py$`)) ?? '';
    return { format, bytes: bytes.byteLength, ...portsOf(code, name) };
  } catch (error) {
    throw brokenModel(path, format, (error as Error).message);
  }
}

/** The class of the model, which the pickled data begin with: protocol 2, and `GLOBAL`. */
function classOf(pickle: string | undefined): { readonly module: string; readonly name: string } {
  const [, module, name] = /^\S{2}c([\w.]{1,1000})\n(\w{1,1000})\n/.exec(pickle ?? '') ?? [];
  if (module === undefined || name === undefined || !module.startsWith('__torch__')) {
    throw new RangeError('it has no TorchScript; save it with torch.jit.save');
  }
  return { module, name };
}

function portsOf(code: string, name: string): Pick<ModelDescription, 'inputs' | 'outputs' | 'notes'> {
  const [, body = ''] = new RegExp(`^class ${name}\\(Module\\):\\n((?:  .*\\n|\\n)*)`, 'm').exec(code) ?? [];
  const [, given, result] =
    /^ {2}def forward\(self: [\w.]+(?:,\s*([^()]*))?\) -> ([^\n]*):\n/m.exec(body) ?? [];
  if (result === undefined) throw new RangeError('its class has no method forward');
  const inputs = (given ?? '').split(/,\s*(?=\w+: )/).flatMap((parameter): DescribedTensor[] => {
    const [parameterName = '', type] = parameter.split(/:\s*/);
    return type === undefined ? [] : [{ name: parameterName }];
  });
  const others = (given ?? '').match(/\w+: (?!Tensor\b)[^,]+/g) ?? [];
  const outputs = outputsOf(result, code, []);
  const notes = [untold];
  if (others.length > 0) notes.push(`Of its inputs these are not tensors: ${others.join(', ')}.`);
  if (outputs === undefined)
    notes.push(`How many outputs there are shows only when it runs: it gives ${result}.`);
  return { inputs, outputs: outputs ?? [], notes };
}

/** The tensors of a result, named as a session names them; `undefined` where only running it tells. */
function outputsOf(
  type: string,
  code: string,
  path: readonly string[],
): readonly DescribedTensor[] | undefined {
  if (path.length > 8) return undefined;
  if (type === 'Tensor') return [{ name: path.join('.') || '0' }];
  const [, inner] = /^Tuple\[(.*)\]$/.exec(type) ?? [];
  const fields =
    inner === undefined
      ? namedTuple(type, code)
      : split(inner).map((each, index) => [String(index), each] as const);
  const found = fields?.map(([name, each]) => outputsOf(each, code, [...path, name]));
  return found?.every((each) => each !== undefined) ? found.flat() : undefined;
}

function namedTuple(type: string, code: string): readonly (readonly [string, string])[] | undefined {
  const [, name = ''] = /^__torch__\.(?:[\w.]*\.)?(\w+)$/.exec(type) ?? [];
  if (name === '') return undefined;
  const [, body] = new RegExp(`^class ${name}\\(NamedTuple\\):\\n((?:  .*\\n)*)`, 'm').exec(code) ?? [];
  return body?.match(/^ {2}\w+ : .*$/gm)?.map((line) => {
    const [field = '', each = ''] = line.trim().split(' : ');
    return [field, each] as const;
  });
}

/** Divides by the commas that are not in brackets. */
function split(text: string): readonly string[] {
  let depth = 0;
  const parts = [''];
  for (const character of text.slice(0, 10_000)) {
    depth += character === '[' ? 1 : character === ']' ? -1 : 0;
    if (character === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim());
}

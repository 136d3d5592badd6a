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

/** Types of a result that are looked at, and characters of one that are shown: a few lines can name the same ones over and over. */
const maxTypes = 1000;
const maxShown = 200;

const untold = 'TorchScript tells neither element types nor shapes of inputs and outputs.';

/**
 * What a file that `torch.jit.save` wrote reveals about its model: the names of `forward`'s inputs, and how its results are nested. None of
 * it is trusted, and nothing is run.
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
        if (Math.max(size, originalSize) > maxTextBytes || (compression !== 0 && size > maxPackedBytes)) {
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
  const [, given, result] = /^ {2}def forward\(self: [\w.]+(?:,([^()]*))?\) -> ([^\n]*):\n/m.exec(body) ?? [];
  if (result === undefined) throw new RangeError('its class has no method forward');
  const inputs = (given ?? '')
    .trim()
    .split(/,\s*(?=\w+: )/)
    .flatMap((parameter): DescribedTensor[] => {
      const [parameterName = '', type] = parameter.split(/:\s*/);
      return type === undefined ? [] : [{ name: parameterName }];
    });
  const others = (given ?? '').match(/\b\w+: (?!Tensor\b)[^,]+/g) ?? [];
  const outputs = outputsOf(result, namedTuples(code));
  const notes = [untold];
  if (others.length > 0) notes.push(`Of its inputs these are not tensors: ${shorten(others.join(', '))}.`);
  if (outputs === undefined)
    notes.push(`How many outputs there are shows only when it runs: it gives ${shorten(result)}.`);
  return { inputs, outputs: outputs ?? [], notes };
}

function shorten(text: string): string {
  return text.length > maxShown ? `${text.slice(0, maxShown)} …` : text;
}

type Fields = readonly (readonly [name: string, type: string])[];

/** The tensors of a result, named as a session names them; `undefined` where only running it tells. */
function outputsOf(
  result: string,
  tuples: ReadonlyMap<string, Fields>,
): readonly DescribedTensor[] | undefined {
  let seen = 0;
  return tensorsOf(result, []);

  function tensorsOf(type: string, path: readonly string[]): readonly DescribedTensor[] | undefined {
    if (++seen > maxTypes || path.length > 8) return undefined;
    if (type === 'Tensor') return [{ name: path.join('.') || '0' }];
    const fields = fieldsOf(type, tuples);
    if (fields === undefined) return undefined;
    const found: DescribedTensor[] = [];
    for (const [name, each] of fields) {
      const tensors = tensorsOf(each, [...path, name]);
      if (tensors === undefined) return undefined;
      found.push(...tensors);
    }
    return found;
  }
}

function fieldsOf(type: string, tuples: ReadonlyMap<string, Fields>): Fields | undefined {
  const [, inner] = /^Tuple\[(.*)\]$/.exec(type) ?? [];
  if (inner !== undefined) return split(inner).map((each, index) => [String(index), each] as const);
  const [, name = ''] = /^__torch__\.(?:[\w.]*\.)?(\w+)$/.exec(type) ?? [];
  return tuples.get(name);
}

/** The fields of each class of named tuples, by its name; of two with one name, those of the first. */
function namedTuples(code: string): ReadonlyMap<string, Fields> {
  const tuples = new Map<string, Fields>();
  for (const [, name = '', body = ''] of code.matchAll(/^class (\w+)\(NamedTuple\):\n((?: {2}.*\n)*)/gm)) {
    const lines = body.match(/^ {2}\w+ : .*$/gm);
    if (lines === null || tuples.has(name)) continue;
    tuples.set(
      name,
      lines.map((line) => {
        const [field = '', type = ''] = line.trim().split(' : ');
        return [field, type] as const;
      }),
    );
  }
  return tuples;
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

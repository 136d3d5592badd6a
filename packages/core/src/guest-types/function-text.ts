import { formatSignature, type Signature } from '../values/signature.js';
import type { ValueType } from '../values/value-types.js';
import { parameterIdentifiers } from './parameter-identifiers.js';
import type { ParameterNames } from './parameter-names.js';
import { keyText, quotedText, resultText, valueTypeText } from './source-text.js';

/** Columns that a line may have. */
const width = 100;

/** The member of an interface that has the type of a function, with its signature as a comment. */
export function functionMember(
  name: string,
  signature: Signature,
  names: ParameterNames | undefined,
  indent: string,
): string {
  const { params, results } = signature;
  const identifiers = parameterIdentifiers(params.map((_, index) => names?.get(index)));
  const parameters = params.map((type, index) => `${identifiers[index]}: ${valueTypeText(type)}`);
  const start = `${indent}readonly ${keyText(name)}: `;
  const end = ` => ${resultText(results)};`;
  const line = `${start}(${parameters.join(', ')})${end}`;
  const member =
    line.length <= width || parameters.length === 0
      ? line
      : `${start}(\n${parameters.map((parameter) => `${indent}  ${parameter},\n`).join('')}${indent})${end}`;
  return `${indent}/** \`${formatSignature(signature)}\` */\n${member}\n`;
}

/** A property of an object literal, or of its type, that has a signature as its value. */
export function signatureProperty(
  name: string,
  { params, results }: Signature,
  indent: string,
  form: 'value' | 'type',
): string {
  const [readonly, end] = form === 'value' ? ['', ','] : ['readonly ', ';'];
  // In a literal, the plain name would be the prototype.
  const key = form === 'value' && name === '__proto__' ? `['__proto__']` : keyText(name);
  const start = `${indent}${readonly}${key}: {`;
  const lists = [params, results].map((types) => `${readonly}[${types.map(quotedText).join(', ')}]`);
  const separator = form === 'value' ? ',' : ';';
  const line = `${start} ${readonly}params: ${lists[0]}${separator} ${readonly}results: ${lists[1]} }${end}`;
  if (line.length <= width) return `${line}\n`;
  const inner = `${indent}  `;
  return `${start}\n${inner}${listProperty('params', params)}${inner}${listProperty('results', results)}${indent}}${end}\n`;

  function listProperty(property: string, types: readonly ValueType[]): string {
    const head = `${readonly}${property}: ${readonly}[`;
    const items = types.map(quotedText);
    const short = `${head}${items.join(', ')}]${end}`;
    if (inner.length + short.length <= width) return `${short}\n`;
    return `${head}\n${items.map((item) => `${inner}  ${item},\n`).join('')}${inner}]${end}\n`;
  }
}

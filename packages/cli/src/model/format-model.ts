import { alignColumns } from '../output/align-columns.js';
import { size } from '../output/size.js';
import type { DescribedTensor, ModelDescription } from './model-description.js';

/** More values than fit a line are only counted. */
const maxShownValues = 4;

/** A model for a person. */
export function formatModel(
  file: string,
  { format, bytes, inputs, outputs, notes }: ModelDescription,
): string {
  const rows = [...inputs.map((each) => row('input', each)), ...outputs.map((each) => row('output', each))];
  const table = rows.length === 0 ? '' : `${alignColumns(rows)}\n`;
  const rest = notes.map((note) => `${note}\n`).join('');
  return `${file}: a model of ${format}, ${size(bytes)}\n${table}${rest}`;
}

function row(what: string, tensor: DescribedTensor): string[] {
  const { name, type = '?', shape } = tensor;
  return [
    what,
    name,
    type,
    shape === undefined ? '?' : `[${shape.join(', ')}]`,
    quantisationText(tensor) ?? '',
  ];
}

/** Scale and zero point in words; `undefined` for a tensor whose numbers stand for themselves. */
export function quantisationText({ quantisation }: DescribedTensor): string | undefined {
  if (quantisation === undefined) return undefined;
  const { scale, zeroPoint, dimension } = quantisation;
  if (scale.length > maxShownValues) return `${scale.length} scales along dimension ${dimension ?? 0}`;
  const along = dimension === undefined ? '' : ` along dimension ${dimension}`;
  return `scale ${scale.join(', ')}, zero point ${zeroPoint.join(', ') || 0}${along}`;
}

import { nativeInt64s } from '@wasmedge-plugins/core/native';
import type { TensorInfo } from '@wasmedge-plugins/wasi-nn';
import type { OpenVinoLibrary } from './library/open-vino-library.js';

/** What a model says of its inputs or outputs. */
export function readPorts(
  library: OpenVinoLibrary,
  model: number,
  countPorts: (model: number, out: number) => number,
  portAt: (model: number, index: number, out: number) => number,
): readonly TensorInfo[] {
  library.check(countPorts(model, library.out.address), 'list the inputs and outputs of the model');
  const count = Number(library.out.u64[0]);
  return Array.from({ length: count }, (_, index) => {
    library.check(portAt(model, index, library.out.address), 'list the inputs and outputs of the model');
    const port = library.result;
    try {
      return readPort(library, port, index);
    } finally {
      library.c.portFree(port);
    }
  });
}

function readPort(library: OpenVinoLibrary, port: number, index: number): TensorInfo {
  const { c, out } = library;
  // An output need not have a name.
  const name = c.portName(port, out.address) === 0 ? library.takeText(library.result) : `${index}`;
  library.check(c.portType(port, out.address), 'get an element type');
  const type = library.elementTypes.typeOf(out.i32[0] as number);
  library.check(c.portShape(port, out.address), 'get a shape');
  const [rankMin, rankMax, dims] = [out.i64[0], out.i64[1], out.u64[2]] as [bigint, bigint, bigint];
  const shape = rankMin === rankMax ? readDimensions(dims, Number(rankMin)) : undefined;
  c.partialShapeFree(out.address);
  return { name, type, shape };
}

/** Each dimension has a least and a largest length. */
function readDimensions(address: bigint, rank: number): readonly number[] {
  const bounds = nativeInt64s(address, rank * 2);
  return Array.from({ length: rank }, (_, index) => {
    const [least, largest] = [bounds[index * 2], bounds[index * 2 + 1]];
    return least === undefined || least !== largest ? -1 : least;
  });
}

import type { RankedType, Vector } from './wasm-interface.js';

/** The shape of a tensor. */
export function shapeOf(type: RankedType): readonly number[] {
  const layout = type.layout();
  const shape = takeItems(layout.dimensions());
  layout.delete();
  return shape;
}

/** The items of a list, which is freed. */
export function takeItems<Item>(vector: Vector<Item>): Item[] {
  const items = Array.from({ length: vector.size() }, (_, index) => vector.get(index));
  vector.delete();
  return items;
}

/**
 * Passes each item to a function and waits for it before the next: guests are called in the order of the case.
 *
 * @throws what the function throws.
 */
export async function mapInOrder<Item, Result>(
  items: Iterable<Item>,
  each: (item: Item, index: number) => Result | Promise<Result>,
): Promise<Awaited<Result>[]> {
  const results: Awaited<Result>[] = [];
  for (const item of items) results.push(await each(item, results.length));
  return results;
}

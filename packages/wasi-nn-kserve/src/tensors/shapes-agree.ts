/** Whether two shapes can be of one tensor; -1 in either stands for any length. */
export function shapesAgree(a: readonly number[], b: readonly number[]): boolean {
  return (
    a.length === b.length &&
    a.every((length, index) => length === b[index] || length === -1 || b[index] === -1)
  );
}

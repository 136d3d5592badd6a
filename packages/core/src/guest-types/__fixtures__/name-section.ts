/** A number as LEB128. */
export function leb(value: number): number[] {
  const bytes: number[] = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    bytes.push(left < 128 ? left : (left % 128) + 128);
    if (left < 128) return bytes;
  }
}

const text = (value: string) => {
  const bytes = [...new TextEncoder().encode(value)];
  return [...leb(bytes.length), ...bytes];
};

const sized = (id: number, content: readonly number[]) => [id, ...leb(content.length), ...content];

/** A module with a section `name` behind it that has this content. */
export function withNameSection(module: Uint8Array, content: readonly number[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([...module, ...sized(0, [...text('name'), ...content])]);
}

/** A module in which the parameters of function 0 have these names, as the appendix of the core specification ("Name Section") says. */
export function withParameterNames(module: Uint8Array, names: readonly string[]): Uint8Array<ArrayBuffer> {
  const locals = names.flatMap((name, index) => [...leb(index), ...text(name)]);
  return withNameSection(module, sized(2, [...leb(1), ...leb(0), ...leb(names.length), ...locals]));
}

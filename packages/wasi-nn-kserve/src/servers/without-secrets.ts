/** Shorter values are no secrets, and a text would be full of holes without them. */
const leastLength = 4;

/** So much of a secret's beginning is taken for it: a server may repeat a part, and a long text is cut. */
const partLength = 8;

/** A text without what headers say: a server may repeat in its answer what it was sent. */
export function withoutSecrets(text: string, headers: Readonly<Record<string, string>>): string {
  let rest = text;
  for (const value of Object.values(headers)) {
    // `Bearer abc` may come back as `abc`.
    for (const secret of [value, ...value.split(' ').slice(1)]) {
      if (secret.length >= leastLength) rest = without(rest, secret);
    }
  }
  return rest;
}

function without(text: string, secret: string): string {
  const [first = '', ...others] = text.split(secret.slice(0, partLength));
  return others.reduce((done, part) => {
    let length = 0;
    while (length < part.length && part[length] === secret[partLength + length]) length++;
    return `${done}[removed]${part.slice(length)}`;
  }, first);
}

/** Shorter values are no secrets, and a text would be full of holes without them. */
const leastLength = 4;

/** A text without what headers say: a server may repeat in its answer what it was sent. */
export function withoutSecrets(text: string, headers: Readonly<Record<string, string>>): string {
  let rest = text;
  for (const value of Object.values(headers)) {
    // `Bearer abc` may come back as `abc`.
    for (const secret of [value, ...value.split(' ').slice(1)]) {
      if (secret.length >= leastLength) rest = rest.replaceAll(secret, '[removed]');
    }
  }
  return rest;
}

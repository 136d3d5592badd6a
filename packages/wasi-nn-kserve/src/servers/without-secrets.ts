/** Shorter values are no secrets, and a text would be full of holes without them. */
const leastLength = 4;

/** So many characters of a secret in a row are taken for a part of it: a server may repeat a part, and long texts are cut in the middle. */
const partLength = 8;

/** A text without what headers say: a server may repeat in its answer what it was sent. */
export function withoutSecrets(text: string, headers: Readonly<Record<string, string>>): string {
  let rest = text;
  for (const value of Object.values(headers)) {
    // `Bearer` of `Bearer abc` is none.
    const words = value.split(' ');
    for (const secret of words.length > 1 ? words.slice(1) : words) {
      if (secret.length >= leastLength) rest = without(rest, secret);
    }
  }
  return rest;
}

function without(text: string, secret: string): string {
  const length = Math.min(partLength, secret.length);
  const parts = new Set<string>();
  for (let start = 0; start + length <= secret.length; start++)
    parts.add(secret.slice(start, start + length));
  let left = '';
  for (let start = 0; start < text.length; ) {
    let end = start + length;
    if (!parts.has(text.slice(start, end))) {
      left += text[start++];
      continue;
    }
    while (end < text.length && parts.has(text.slice(end + 1 - length, end + 1))) end++;
    left += '[removed]';
    start = end;
  }
  return left;
}

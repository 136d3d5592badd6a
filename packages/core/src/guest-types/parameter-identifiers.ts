const mostCharacters = 40;

// No parameter may be called so in a module, in strict code, or in TypeScript.
const reserved = new Set(
  `arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for
function if implements import in instanceof interface let new null package private protected public return static super switch this
throw true try typeof undefined var void while with yield`.split(/\s+/),
);

/**
 * Names of parameters as identifiers, each of which is valid and different from the others.
 *
 * @param names what the guest calls them; `undefined` for a parameter without name.
 */
export function parameterIdentifiers(names: readonly (string | undefined)[]): readonly string[] {
  const taken = new Set<string>();
  // How often a name was tried, so that a thousand equal ones do not take a million steps.
  const tries = new Map<string, number>();
  return names.map((name, index) => {
    const wanted = identifier(name ?? '') ?? `p${index}`;
    let candidate = wanted;
    while (taken.has(candidate)) {
      const number = (tries.get(wanted) ?? 1) + 1;
      tries.set(wanted, number);
      candidate = `${wanted}${number}`;
    }
    taken.add(candidate);
    return candidate;
  });
}

/** `undefined` where nothing is left of the name that a reader would know it by. */
function identifier(name: string): string | undefined {
  // Letters of Latin that every version of TypeScript knows; others are few, and tables of them differ.
  const letters = name
    .slice(0, mostCharacters)
    .replace(/[^\w$\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]+/g, '_')
    .replace(/^_+(?=.)|_+$/g, '');
  if (/^_*$/.test(letters)) return undefined;
  const started = /^\d/.test(letters) ? `_${letters}` : letters;
  return reserved.has(started) ? `${started}_` : started;
}

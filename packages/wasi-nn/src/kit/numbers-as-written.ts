/** A text in quotation marks, a character that makes structure, or a number. */
const token = /"(?:[^"\\]|\\.)*"|[[\]{}:,]|-?\d[\d.eE+-]*/gs;

/** The numbers that a JSON object has as members, by their names, as they are written there; of two members with one name, the last. */
export function numbersAsWritten(json: string): ReadonlyMap<string, string> {
  const written = new Map<string, string>();
  let depth = 0;
  let before = '';
  let name: string | undefined;
  for (const [text] of json.matchAll(token)) {
    if (text === '{' || text === '[') depth++;
    else if (text === '}' || text === ']') depth--;
    else if (depth === 1 && text === ':') name = JSON.parse(before) as string;
    else if (depth === 1 && text === ',') name = undefined;
    else if (depth === 1 && name !== undefined) {
      if (text.startsWith('"')) written.delete(name);
      else written.set(name, text);
    }
    before = text;
  }
  return written;
}

import { NnError } from '@wasmedge-plugins/wasi-nn';
import { type Choices, type GrammarPart, GrammarProblem, type GrammarRules } from './grammar-part.js';
import { GrammarReader } from './grammar-reader.js';

/**
 * What a grammar may have at most: characters of its text; elements when repetitions are written out, as llama.cpp does; rules that lead to the same character one
 * inside of the other; and ways from one character to the next, which llama.cpp follows for each token.
 */
const bounds = { length: 256 * 1024, elements: 100_000, depth: 1000, ways: 2000 };

/**
 * Checks a grammar before llama.cpp sees it, which ends the process, or takes all memory, for some that it cannot use.
 *
 * @param isOfSchema whether it was made of a JSON schema, in whose words the error then is.
 * @throws {NnError} `invalid_argument`, saying what is wrong and where.
 */
export function checkGrammar(text: string, isOfSchema = false): void {
  try {
    if (text.length > bounds.length) throw new GrammarProblem(`has more than ${bounds.length} characters`);
    const rules = new GrammarReader(text).rules();
    if (!rules.has('root')) throw new GrammarProblem('has no rule "root"');
    let elements = 0;
    for (const choices of rules.values()) elements += elementsOf(choices);
    if (elements > bounds.elements) {
      throw new GrammarProblem(
        `has more than ${bounds.elements} elements when its repetitions are written out`,
      );
    }
    new Ways(rules).check();
  } catch (error) {
    if (!(error instanceof GrammarProblem)) throw error;
    const problem = isOfSchema ? `JSON schema ${error.ofSchema}` : `grammar ${error.message}`;
    throw new NnError('invalid_argument', `The ${problem}.`);
  }
}

function elementsOf(choices: Choices): number {
  let count = 0;
  for (const part of choices.flat()) count += elementsOfPart(part);
  return count + choices.length;
}

function elementsOfPart(part: GrammarPart): number {
  if (part.kind === 'characters') return part.count;
  if (part.kind === 'reference') return 1;
  if (part.kind === 'group') return 1 + elementsOf(part.choices);
  const inner = elementsOfPart(part.part);
  // A group becomes a rule of its own, to which the repetitions refer.
  const repeated = part.part.kind === 'characters' ? part.part.count : 1;
  const { least, most } = part;
  return inner + repeated * least + (Number.isFinite(most) ? most - least : 1) * (repeated + 2);
}

/** How many ways lead through something to its first characters, and whether one leads through it without any. */
interface Way {
  readonly count: number;
  readonly isOpen: boolean;
}

/** The ways from one character of a text to the next that rules allow. */
class Ways {
  readonly #rules: GrammarRules;
  readonly #known = new Map<string, Way>();
  readonly #entered = new Set<string>();
  #depth = 0;

  constructor(rules: GrammarRules) {
    this.#rules = rules;
  }

  check(): void {
    for (const name of this.#rules.keys()) this.#reference(name);
    // What comes after a character begins inside of a rule.
    for (const choices of this.#rules.values()) this.#checkInside(choices);
  }

  #checkInside(choices: Choices): void {
    for (const sequence of choices) {
      let after: Way = { count: 0, isOpen: true };
      for (const part of sequence.toReversed()) {
        const inner = part.kind === 'repetition' ? part.part : part;
        if (inner.kind === 'group') this.#checkInside(inner.choices);
        const way = this.#part(part);
        after = bounded({
          count: way.count + (way.isOpen ? after.count : 0),
          isOpen: way.isOpen && after.isOpen,
        });
      }
    }
  }

  #reference(name: string): Way {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const choices = this.#rules.get(name);
    if (choices === undefined)
      throw new GrammarProblem(`refers to the rule "${name}", which it does not have`);
    if (this.#entered.has(name)) {
      throw new GrammarProblem(
        `has the rule "${name}", which can begin with itself; let it end with itself`,
        'has a part that is a reference to itself and nothing else; put it into an object or an array',
      );
    }
    this.#entered.add(name);
    const way = this.#choices(choices);
    this.#known.set(name, way);
    return way;
  }

  #choices(choices: Choices): Way {
    this.#depth++;
    if (this.#depth > bounds.depth) {
      throw new GrammarProblem(`has more than ${bounds.depth} rules that begin with one another`);
    }
    let [count, isOpen] = [1, false];
    for (const sequence of choices) {
      const way = this.#sequence(sequence);
      count += way.count;
      isOpen ||= way.isOpen;
    }
    this.#depth--;
    return bounded({ count, isOpen });
  }

  #sequence(sequence: readonly GrammarPart[]): Way {
    let count = 0;
    for (const part of sequence) {
      const way = this.#part(part);
      count += way.count;
      if (!way.isOpen) return bounded({ count, isOpen: false });
    }
    return bounded({ count: count + 1, isOpen: true });
  }

  #part(part: GrammarPart): Way {
    if (part.kind === 'characters') return { count: 1, isOpen: part.count === 0 };
    if (part.kind === 'reference') return this.#reference(part.name);
    if (part.kind === 'group') return this.#choices(part.choices);
    const { least, most } = part;
    const way = this.#part(part.part);
    const times = way.isOpen ? Math.max(least + 1, Number.isFinite(most) ? most : 0) : 1;
    return bounded({ count: way.count * times + 1, isOpen: way.isOpen || least === 0 });
  }
}

function bounded(way: Way): Way {
  if (way.count <= bounds.ways) return way;
  throw new GrammarProblem(
    `is too ambiguous: more than ${bounds.ways} ways lead from one character to the next; write "x{0,9}" instead of "x? x? x?…"`,
    `allows more than ${bounds.ways} ways to go on at one place of the text; give fewer values in "enum", or fewer alternatives or optional properties`,
  );
}

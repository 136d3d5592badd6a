/** A part of a rule of a grammar, as far as it matters for checking it. */
export type GrammarPart =
  /** Characters that must come, or one of a set; none for an empty literal or set. */
  | { readonly kind: 'characters'; readonly count: number }
  | { readonly kind: 'reference'; readonly name: string }
  | { readonly kind: 'group'; readonly choices: Choices }
  | {
      readonly kind: 'repetition';
      readonly part: GrammarPart;
      readonly least: number;
      readonly most: number;
    };

/** Alternatives, each a sequence of parts. */
export type Choices = readonly (readonly GrammarPart[])[];

/** The rules of a grammar by their names. */
export type GrammarRules = ReadonlyMap<string, Choices>;

/** The error for a grammar that cannot be used; the message goes on with a full stop. */
export class GrammarProblem extends Error {
  /** What is wrong with the JSON schema, if the grammar was made of one. */
  readonly ofSchema: string;

  constructor(message: string, ofSchema = 'needs a grammar that is too large; describe less of the text') {
    super(message);
    this.ofSchema = ofSchema;
  }
}

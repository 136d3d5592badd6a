/**
 * Architectures that llama.cpp computes without a memory of tokens, or without what the next token is chosen from: encoders, and models that fill in a whole text at once.
 * Asked for a token, they would give any. `t5` needs a call that node-llama-cpp does not have.
 */
const withoutText: ReadonlySet<unknown> = new Set([
  'bert',
  'dream',
  'eurobert',
  'gemma-embedding',
  'jina-bert-v2',
  'jina-bert-v3',
  'llada',
  'llada-moe',
  'llama-embed',
  'modern-bert',
  'neo-bert',
  'nomic-bert',
  'nomic-bert-moe',
  'rnd1',
  't5',
  't5encoder',
  'wavtokenizer-dec',
]);

/** Whether models of an architecture continue texts, token by token. Those that do not give vectors. */
export function generatesText(architecture: unknown): boolean {
  return !withoutText.has(architecture);
}

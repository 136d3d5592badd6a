/** A message of a dialogue. */
export interface ChatMessage {
  /** Whose it is; a model's own answers are `assistant`. */
  readonly role: 'system' | 'user' | 'assistant';
  /** Its text. */
  readonly content: string;
}

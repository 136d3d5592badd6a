/** Output 1 of a session's context: what guests read, and how a text has ended, which guests are told by an error code. */
export interface SessionMetadata {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly ended?: 'end' | 'full';
}

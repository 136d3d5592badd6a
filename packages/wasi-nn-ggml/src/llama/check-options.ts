import { BackendFailure } from '@wasmedge-plugins/wasi-nn/kit/async';
import type { LlamaGrammar } from 'node-llama-cpp';
import { checkGrammar } from '../grammar/check-grammar.js';
import { schemaToGrammar } from '../grammar/schema-to-grammar.js';
import type { FilledConfig } from '../options/defaults.js';
import type { LlamaState } from './llama-state.js';

/**
 * Checks what no type can tell of options, before anything else is done with them.
 *
 * @throws {BackendFailure} `too_large` for a context that the host does not allow, `invalid_argument` for a grammar or a schema that cannot be used.
 */
export async function checkOptions(state: LlamaState, config: FilledConfig): Promise<void> {
  const { maxContextSize } = state.options;
  if (config['ctx-size'] > maxContextSize) {
    throw new BackendFailure(
      'too_large',
      `"ctx-size" is ${config['ctx-size']}; the host allows ${maxContextSize} tokens. Lower it, or raise maxContextSize.`,
    );
  }
  await grammarOf(state, config);
}

/** What the output must keep to, if it must. A schema goes before a grammar. */
export async function grammarOf(
  { llama }: LlamaState,
  { grammar, 'json-schema': schema = '' }: Pick<FilledConfig, 'grammar' | 'json-schema'>,
): Promise<LlamaGrammar | undefined> {
  const text = schema === '' ? grammar : schemaToGrammar(schema);
  if (text === '') return undefined;
  checkGrammar(text, schema !== '');
  try {
    return await llama.createGrammar({ grammar: text });
  } catch (error) {
    throw new BackendFailure('invalid_argument', `The grammar cannot be used: ${(error as Error).message}`);
  }
}

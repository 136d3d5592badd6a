import { inFlags } from './in-flags.js';

/** An error for a person: its message, its code, and what caused it, or its stack. Every line but the first is indented. */
export function formatError(error: unknown, withStack: boolean): string {
  const [first = '', ...rest] = messageOf(error).split('\n');
  const code = codeOf(error);
  const lines = [`${first}${code === undefined ? '' : ` [${code}]`}`, ...rest.map(indent)];
  if (withStack && error instanceof Error) {
    lines.push(...stackOf(error).map(indent));
  } else {
    lines.push(
      ...causesOf(error)
        .flatMap((cause) => `caused by: ${messageOf(cause)}`.split('\n'))
        .map(indent),
    );
  }
  return `${lines.join('\n')}\n`;
}

function indent(line: string): string {
  return `  ${line}`;
}

function messageOf(error: unknown): string {
  return inFlags(error instanceof Error ? error.message : String(error));
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function causesOf(error: unknown): unknown[] {
  const causes: unknown[] = [];
  let current = error;
  while (current instanceof Error && current.cause !== undefined && !causes.includes(current.cause)) {
    causes.push(current.cause);
    current = current.cause;
  }
  return causes;
}

function stackOf(error: Error): string[] {
  const frames = [error, ...causesOf(error)].flatMap((link) => (link instanceof Error && link.stack) || []);
  return frames.flatMap((stack) => stack.split('\n'));
}

import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** One of the specification's test files, as wabt's `wast2json` writes it. */
export interface Script {
  readonly name: string;
  readonly folder: string;
  readonly commands: readonly Command[];
}

/** What a script does with an instance that it has made: with the latest one, or with the one that it calls `module`. */
export interface Action {
  readonly type: 'invoke' | 'get';
  readonly module?: string;
  readonly field: string;
  readonly args?: readonly ScriptValue[];
}

/** A value by its bits as a decimal number, for `v128` one for each lane; or what may be there instead. */
export interface ScriptValue {
  readonly type: string;
  readonly lane_type?: string;
  /** `nan:canonical` and `nan:arithmetic` are results of that kind, `null` is a reference, and no value is any reference but `null`. */
  readonly value?: string | readonly string[];
}

interface WithModule {
  readonly filename: string;
  /** Whether the file is WebAssembly's text, and not a binary. */
  readonly module_type?: 'text' | 'binary';
}

interface WithAction {
  readonly action: Action;
}

/** A command of a script. */
export type Command = { readonly line: number } & (
  | ({ readonly type: 'module'; readonly name?: string } & WithModule)
  | { readonly type: 'register'; readonly name?: string; readonly as: string }
  | ({ readonly type: 'action' } & WithAction)
  | ({ readonly type: 'assert_return'; readonly expected: readonly ScriptValue[] } & WithAction)
  | ({ readonly type: 'assert_trap' | 'assert_exhaustion'; readonly text: string } & WithAction)
  | ({ readonly type: 'assert_uninstantiable'; readonly text: string } & WithModule)
  | ({ readonly type: 'assert_invalid' | 'assert_malformed' | 'assert_unlinkable' } & WithModule)
);

/** The scripts in a folder, by their names. */
export function readScripts(folder: string): Script[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const { commands } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Pick<Script, 'commands'>;
      return { name: basename(file, '.json'), folder, commands };
    });
}

/** The bytes of a module of a script. */
export function readScriptModule({ folder }: Script, { filename }: WithModule): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(join(folder, filename)));
}

/**
 * The names under which later modules of the script import from each of its modules, by the index of the command: a runtime wants to know the
 * name when it instantiates.
 */
export function namesOfModules(commands: readonly Command[]): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  const called = new Map<string, number>();
  let latest = -1;
  commands.forEach((command, index) => {
    if (command.type === 'module') {
      latest = index;
      if (command.name !== undefined) called.set(command.name, index);
    }
    if (command.type !== 'register') return;
    const module = command.name === undefined ? latest : (called.get(command.name) ?? -1);
    if (names.has(module)) throw new Error(`line ${command.line}: the module has a name already`);
    names.set(module, command.as);
  });
  return names;
}

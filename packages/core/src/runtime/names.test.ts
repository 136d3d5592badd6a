import { expect, it } from 'vitest';
import { forEachEngine } from '../__fixtures__/engines.js';
import { expectThrows } from '../__fixtures__/expect-error.js';
import { wat } from '../__fixtures__/wat.js';
import { createRuntime, hostFunction, hostModule, MissingImportError, UnknownExportError } from '../index.js';

// The specification knows no name that means something: every one is a name like another. These have a meaning for JavaScript.
const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'then', ''];

const exporting = (name: string) => wat(`(module (func (export "${name}") (result i32) i32.const 7))`);
const importing = (module: string, name: string) =>
  wat(
    `(module (import "${module}" "${name}" (func $f (result i32))) (func (export "call") (result i32) call $f))`,
  );

forEachEngine((engine) => {
  it.each(names)('takes "%s" as a name of exports, guests and host modules', async (name) => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    const host = hostModule(`${name}!`, { [name]: hostFunction([], ['i32'], () => 8) });
    using runtime = await createRuntime({ engine, hostModules: [host] });
    const guest = runtime.instantiate(exporting(name), { name });
    expect(guest.exports[name]?.()).toBe(7);
    expect(runtime.instantiate(importing(name, name)).exports.call?.()).toBe(7);
    expect(runtime.instantiate(importing(`${name}!`, name)).exports.call?.()).toBe(8);
    using other = await createRuntime({
      engine,
      trace: () => {},
      hostModules: [hostModule(name, { [name]: hostFunction([], ['i32'], () => 9) })],
    });
    expect(other.instantiate(importing(name, name)).exports.call?.()).toBe(9);
    const signature = { params: [], results: ['i32'] } as const;
    expect(other.instantiate(exporting(name), { exports: { [name]: signature } }).exports[name]?.()).toBe(7);
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
  });

  it('lets a guest that is called "__proto__" add nothing to the prototype of all objects', async () => {
    using runtime = await createRuntime({ engine });
    runtime.instantiate(exporting('polluted'), { name: '__proto__' });
    expect(runtime.instantiate(importing('__proto__', 'polluted')).exports.call?.()).toBe(7);
    expect('polluted' in {}).toBe(false);
  });

  it.each(names)('finds nothing under "%s" where nothing was given', async (name) => {
    using runtime = await createRuntime({ engine, hostModules: [hostModule('env', {})] });
    for (const module of ['env', 'missing', name]) {
      expectThrows(
        () => runtime.instantiate(importing(module, name)),
        MissingImportError,
        'ERR_MISSING_IMPORT',
      );
    }
    const guest = runtime.instantiate(exporting('other'));
    for (const look of ['exportedMemory', 'exportedGlobal', 'exportedTable'] as const) {
      expectThrows(() => guest[look](name), UnknownExportError, 'ERR_UNKNOWN_EXPORT');
    }
  });
});

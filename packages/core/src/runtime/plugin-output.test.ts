import { expect, it } from 'vitest';
import { forEachEngine } from '../__fixtures__/engines.js';
import { wat } from '../__fixtures__/wat.js';
import { createRuntime, definePlugin, hostFunction, hostModule } from '../index.js';

/** A plug-in that prints for its guests. */
const printing = (text: string) =>
  definePlugin({
    name: 'printing',
    moduleNames: ['printing'],
    create: (_options, { writeStdout }) => ({
      modules: [
        hostModule('printing', {
          print: hostFunction([], [], () => writeStdout(new TextEncoder().encode(text))),
        }),
      ],
    }),
  })();

// Writes "<" itself, has the plug-in print, and writes ">": fd_write(1, iovec at 0, 1, 32).
const command = (between: string) =>
  wat(`(module
    (import "printing" "print" (func $print))
    (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "fd_close" (func $close (param i32) (result i32)))
    (memory (export "memory") 1)
    (data (i32.const 0) "\\10\\00\\00\\00\\01\\00\\00\\00\\11\\00\\00\\00\\01\\00\\00\\00<>")
    (func (export "_start")
      (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 32)))
      ${between}
      (call $print)
      (drop (call $write (i32.const 1) (i32.const 8) (i32.const 1) (i32.const 32)))))`);

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

forEachEngine((engine) => {
  it('stands between what the guest writes itself, in each command', async () => {
    using runtime = await createRuntime({
      engine,
      plugins: [printing('piece')],
      wasi: { stdout: 'capture' },
    });
    for (let run = 0; run < 2; run++) {
      runtime.run(command(''));
      expect(text(runtime.stdout)).toBe('<piece>');
    }
  });

  it('goes to an object of the host as well, in copies that it may keep', async () => {
    const pieces: Uint8Array[] = [];
    const stdout = {
      // Two bytes at a time.
      write(bytes: Uint8Array) {
        pieces.push(bytes.subarray(0, 2));
        return Math.min(bytes.byteLength, 2);
      },
    };
    using runtime = await createRuntime({ engine, plugins: [printing('piece')], wasi: { stdout } });
    runtime.run(command(''));
    expect(pieces.map(text)).toEqual(['<', 'pi', 'ec', 'e', '>']);
  });

  it('goes nowhere where the guest has closed its output or has no room', async () => {
    const wasi = { stdout: 'capture', maxOutputBytes: 4 } as const;
    using runtime = await createRuntime({ engine, plugins: [printing('piece')], wasi });
    runtime.run(command('(drop (call $close (i32.const 1)))'));
    expect(text(runtime.stdout)).toBe('<');
    runtime.run(command(''));
    expect(text(runtime.stdout)).toBe('<pie');
  });
});

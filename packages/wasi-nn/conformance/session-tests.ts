import { describe, expect, it } from 'vitest';
import type { BackendPlugin } from '../src/backend-plugin.js';
import type { ModelSource } from '../src/backend-plugin-options.js';
import type { AnyInputs, AnyOutputs } from '../src/session.js';
import { tensorBytes } from '../src/tensor.js';

/** A backend with a model, for the tests of sessions that all backends pass. */
export interface SessionSubject<Source extends ModelSource> {
  /** What the tests are called. */
  readonly title: string;
  /** The plug-in with the backend. */
  readonly plugin: BackendPlugin<Source>;
  /** A model that the host has in files. */
  readonly source: Source;
  /** The same model, in bytes that the test changes after it has given them. */
  bytes(): {
    /** The model as a session takes it. */
    readonly source: Source;
    /** The bytes in it. */
    readonly given: readonly Uint8Array[];
  };
  /** Files and bytes that are not models. */
  readonly wrong: readonly Source[];
  /** What the model is given. */
  readonly inputs: AnyInputs;
  /**
   * Looks at what the model gave.
   *
   * @throws anything for outputs that are not those of the inputs.
   */
  check(outputs: AnyOutputs): void;
}

/** Declares what every backend's sessions must do. */
export function sessionTests<Source extends ModelSource>(subject: SessionSubject<Source>): void {
  const { title, plugin, source, inputs, check } = subject;
  const open = () => plugin.session(source);
  describe(title, () => {
    it('computes, in this thread and off it, time after time', async () => {
      using session = await open();
      for (let round = 0; round < 3; round++) {
        check(session.run(inputs as never));
        check(await session.runAsync(inputs as never));
      }
    });

    it('leaves the event loop free in runAsync, and results keep their order', async () => {
      using session = await open();
      let timers = 0;
      const timer = setInterval(() => timers++, 1);
      const end = performance.now() + 50;
      while (performance.now() < end) check(await session.runAsync(inputs as never));
      clearInterval(timer);
      expect(timers).toBeGreaterThan(0);
      const many = await Promise.all([1, 2, 3].map(() => session.runAsync(inputs as never)));
      for (const outputs of many) check(outputs);
    });

    it('is one of many at once', async () => {
      const sessions = await Promise.all([1, 2, 3].map(open));
      const results = await Promise.all(sessions.map((session) => session.runAsync(inputs as never)));
      for (const outputs of results) check(outputs);
      for (const session of sessions) session[Symbol.dispose]();
    });

    it('takes one computation at a time in this thread', async () => {
      using session = await open();
      const running = session.runAsync(inputs as never);
      await Promise.resolve();
      expect(() => session.run(inputs as never)).toThrow(/is computing/);
      check(await running);
      check(session.run(inputs as never));
    });

    it('may be disposed while it computes, and then computes no more', async () => {
      const session = await open();
      const running = session.runAsync(inputs as never);
      await Promise.resolve();
      session[Symbol.dispose]();
      session[Symbol.dispose]();
      await running.catch((error) => expect(error.code).toBe('ERR_DISPOSED'));
      expect(() => session.run(inputs as never)).toThrow(/disposed/);
      await expect(session.runAsync(inputs as never)).rejects.toThrow(/disposed/);
    });

    it('keeps nothing of what it was given, nor gives what the next computation changes', async () => {
      const { source: inBytes, given } = subject.bytes();
      using session = await plugin.session(inBytes);
      for (const bytes of given) bytes.fill(0);
      const outputs: AnyOutputs = session.run(inputs as never);
      const before = Object.values(outputs).map((output) => [...tensorBytes(output)]);
      session.run(inputs as never);
      check(outputs);
      expect(Object.values(outputs).map((output) => [...tensorBytes(output)])).toEqual(before);
    });

    it('refuses what is not a model', async () => {
      for (const wrong of subject.wrong) {
        await expect(plugin.session(wrong)).rejects.toMatchObject({ code: 'ERR_NN' });
      }
      using session = await open();
      check(session.run(inputs as never));
    });
  });
}

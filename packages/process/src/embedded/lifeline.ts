import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { hideDescriptors } from '@wasmedge-plugins/core';

/**
 * Reads which process groups run, one list per line, and ends those of the last line when its input ends. It runs in the background of a
 * shell that is gone at once, so that nobody need wait for it, and in a session of its own, so that no signal for the host's group ends it.
 */
const script = `trap '' HUP INT QUIT TERM
{
  while read -r line; do groups=$line; done
  for group in $groups; do kill -s KILL -- "-$group"; done
} <&3 3<&- &`;

/**
 * Ends commands whose thread ends before they do, however it ends: a worker that is terminated runs no code any more, nor does a host that is
 * killed. What is left then is the system's: it closes the pipe to a small shell, which does what is to be done.
 */
export class Lifeline {
  readonly #groups = new Set<number>();
  #pipe: Socket | undefined;
  #attaching: Promise<void> | undefined;
  #telling: NodeJS.Immediate | undefined;

  /** Whether there is a shell that ends what runs. */
  get isAttached(): boolean {
    return this.#pipe !== undefined;
  }

  /**
   * To be called before a command is started.
   *
   * @throws the system's error when the shell cannot be started.
   */
  async attach(): Promise<void> {
    if (this.#pipe === undefined) {
      // Never two shells: the one that is let go would end what runs.
      this.#attaching ??= this.#start().finally(() => {
        this.#attaching = undefined;
      });
      await this.#attaching;
    }
  }

  /** To be called as soon as a command runs, with the number of its process group; the function that it gives is to be called when it has ended. */
  hold(group: number): () => void {
    this.#groups.add(group);
    this.#tell();
    return () => {
      if (this.#groups.delete(group)) {
        this.#tellSoon();
      }
    };
  }

  async #start(): Promise<void> {
    hideDescriptors();
    const shell = spawn('/bin/sh', ['-c', script], {
      // Not the standard input: Node.js closes that with the end of the shell, whose background goes on.
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      detached: true,
      cwd: '/',
      env: { NODE_V8_COVERAGE: undefined },
    });
    await once(shell, 'spawn').catch((cause: NodeJS.ErrnoException) => {
      // Not to be taken for what happened to the command.
      throw cause.code === 'ENOENT' || cause.code === 'EACCES'
        ? new Error('The host has no /bin/sh, which is needed to end commands with the host.', { cause })
        : cause;
    });
    const pipe = shell.stdio[3] as Socket;
    shell.unref();
    pipe.unref();
    pipe.on('error', () => {});
    // Somebody has ended the shell. Nothing is read, but only a pipe that is read tells of its end.
    pipe.resume().on('close', () => {
      this.#pipe = undefined;
    });
    this.#pipe = pipe;
    this.#tell();
  }

  /** Once for all that end in the same turn of the event loop, and after what waits for their end has been told. */
  #tellSoon(): void {
    this.#telling ??= setImmediate(() => this.#tell());
  }

  #tell(): void {
    clearImmediate(this.#telling);
    this.#telling = undefined;
    this.#pipe?.write(`${[...this.#groups].join(' ')}\n`);
  }
}

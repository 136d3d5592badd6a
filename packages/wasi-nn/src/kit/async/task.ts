import { AsyncHost } from './async-host.js';
import type { AsyncAnswers, AsyncRequest, Told } from './messages.js';

/** So much is told at a time; what is more is left out, since nobody may ask for an answer for long. */
const maxTold = 1000;

let told: unknown[] = [];
const host = new AsyncHost((message) => {
  if (told.length < maxTold) told.push(message);
});

/** Does what the calling thread asks of asynchronous backends; runs on the helper thread, one request at a time. */
export async function answer(request: AsyncRequest): Promise<AsyncAnswers[AsyncRequest['kind']] & Told> {
  try {
    const answered = await host.answer(request);
    return told.length === 0 ? answered : { ...answered, told: takeTold() };
  } catch (error) {
    throw told.length === 0 || !(error instanceof Error) ? error : Object.assign(error, { told: takeTold() });
  }
}

function takeTold(): readonly unknown[] {
  const taken = told;
  told = [];
  return taken;
}

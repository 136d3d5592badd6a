// node dist/ask.js [--route guest|session] [--port n] picture.jpg …
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    route: { type: 'string', default: 'guest' },
    port: { type: 'string', default: '8080' },
  },
});
const url = `http://localhost:${values.port}/${values.route}`;
const mostTries = 20;

for (const picture of positionals) console.log(`${picture}: ${await ask(await readFile(picture))}`);

/** What the server says of a picture; it is asked again when it is busy, or not there yet. */
async function ask(picture: Uint8Array<ArrayBuffer>, tries = mostTries): Promise<string> {
  const headers = { 'Content-Type': 'image/jpeg' };
  const response = await fetch(url, { method: 'POST', headers, body: picture }).catch(
    (error: Error) => error,
  );
  const seconds = response instanceof Error ? 1 : Number(response.headers.get('Retry-After'));
  if (seconds === 0) return (response as Response).text();
  if (tries === 1) throw response instanceof Error ? response : new Error(await response.text());
  if (response instanceof Response) await response.arrayBuffer();
  await sleep(seconds * 1000);
  return ask(picture, tries - 1);
}

import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectFile } from '../shapes.js';

/** Each is named after what was drawn on it. */
const pictures = readdirSync(projectFile('pictures')).map((name) => ({
  label: name.replace(/-\d+\.jpg$/, ''),
  bytes: readFileSync(projectFile(`pictures/${name}`)),
}));
const routes = ['guest', 'session'] as const;

/** What the clients of a server have seen. */
export class Load {
  /** How many requests of each route were answered by what is on the picture. */
  readonly right = { guest: 0, session: 0 };
  /** How many were told to come again. */
  busy = 0;
  /** What was answered otherwise, or not at all. */
  readonly wrong: unknown[] = [];
  sent = 0;
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  get answered(): number {
    return this.right.guest + this.right.session + this.busy;
  }

  /** So many clients ask at the same time, each again and again as long as there is a reason. */
  async run(clients: number, goesOn: () => boolean): Promise<void> {
    const client = async (_: unknown, index: number) => {
      for (let call = index; goesOn(); call++) await this.ask(call);
    };
    await Promise.all(Array.from({ length: clients }, client));
  }

  async ask(call: number): Promise<void> {
    const route = routes[call % 2] as (typeof routes)[number];
    const { label, bytes } = pictures[(call >> 1) % pictures.length] as (typeof pictures)[number];
    this.sent++;
    try {
      const response = await fetch(`${this.#url}/${route}`, {
        method: 'POST',
        headers: { 'Content-Type': 'image/jpeg' },
        body: bytes,
        signal: AbortSignal.timeout(120_000),
      });
      const answer = (await response.json()) as { label?: string };
      if (response.status === 503 && response.headers.get('Retry-After') === '1') {
        this.busy++;
        await sleep(100 + 200 * Math.random());
      } else if (response.status === 200 && answer.label === label) {
        this.right[route]++;
      } else {
        this.wrong.push({ route, label, status: response.status, answer });
      }
    } catch (error) {
      this.wrong.push({ route, label, error });
    }
  }
}

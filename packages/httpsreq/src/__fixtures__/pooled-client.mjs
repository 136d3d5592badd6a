import { createHttpsClient } from '@wasmedge-plugins/httpsreq';

export async function fetchText(_runtime, rules, url) {
  const client = createHttpsClient(rules);
  try {
    const { status, text } = await client.fetch(url);
    return { status, text: text() };
  } finally {
    client[Symbol.dispose]();
  }
}

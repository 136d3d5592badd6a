import { packageTests } from '../../vitest.shared.js';

export default packageTests(import.meta.url, {
  // Readers of rules and of responses.
  node: /^src\/(rules\/|embedded\/response-)/,
  libwasmedge: /^src\/(embedded|request|rules|client)\/|^src\/(abi|client|plugin)\./,
});

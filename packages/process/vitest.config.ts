import { packageTests } from '../../vitest.shared.js';

export default packageTests(import.meta.url, {
  libwasmedge: /^src\/(embedded|client)\/|^src\/(abi|client|plugin)\./,
});

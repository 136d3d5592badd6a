import { packageTests } from '../../vitest.shared.js';

export default packageTests(import.meta.url, {
  libwasmedge:
    /^src\/images\/|^src\/(abi|backend-command-line|bounds|guest-records|preload|session|tensor|tensor-numbering|with-differences)\./,
});

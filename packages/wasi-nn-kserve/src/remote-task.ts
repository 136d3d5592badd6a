// What the helper thread loads, and the host's thread for a session.
export { openRemote } from './remote/open-remote.js';

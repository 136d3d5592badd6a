/** The version that this package is made for; newer ones change what the tests hold it to. */
export const libraryVersion = '3.21.1';

/** What installs the library, for messages. */
export const installCommands = `Install it with: npm install node-llama-cpp@${libraryVersion}`;

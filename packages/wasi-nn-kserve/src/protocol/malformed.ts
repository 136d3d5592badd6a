/** A message breaks the protocol, or goes beyond a bound of it. The text says how; whoever has the server's address puts that before it. */
export class MalformedMessage extends Error {}

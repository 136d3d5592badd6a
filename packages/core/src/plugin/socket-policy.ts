/**
 * Says which names and addresses guests may use with WASI sockets. A guest whose connection is allowed gets a descriptor that carries no byte, since no
 * connection is made: it serves guests that open a socket before they call the plug-in, which does the real work. Both functions may block.
 */
export interface SocketPolicy {
  /**
   * The addresses of a name, IPv4 or IPv6, for any port: guests look up before they choose one. `undefined` when the guest may not ask; an error that is
   * thrown refuses too.
   *
   * @throws anything: the guest is told that it may not.
   */
  lookUp(host: string): readonly string[] | undefined;
  /** Whether the guest may have a socket that says it is connected to this address and port. */
  connect(address: string, port: number): boolean;
}

/**
 * Says which names and addresses guests may use with WASI sockets. A guest whose connection is allowed gets a descriptor that carries no data, since no
 * connection is made: it exists for guests that open a socket before they call the plug-in, which does the real work. Both functions may block.
 */
export interface SocketPolicy {
  /**
   * The addresses of a name, IPv4 or IPv6, for any port: guests look names up before they choose a port. `undefined` when the guest may not ask; a
   * thrown error also refuses.
   *
   * @throws anything: the guest is told that it is not allowed.
   */
  lookUp(host: string): readonly string[] | undefined;
  /** Whether the guest may have a socket that appears connected to this address and port. */
  connect(address: string, port: number): boolean;
}

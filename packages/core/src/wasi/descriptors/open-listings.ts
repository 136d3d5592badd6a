// With the entries that one keeps, some ten mebibytes of names, and as many descriptors of the host.
const maxListings = 16;

/** One of them, which stops taking room when it is closed and can be read again afterwards. */
export interface OpenListing {
  close(): void;
}

/** The listings that a runtime keeps, whatever number of folders its guest has open: the one that was used longest ago makes room. */
export class OpenListings {
  // A set is in the order in which its members were added.
  readonly #listings = new Set<OpenListing>();
  #latest: OpenListing | undefined;

  /** To be called before a listing is used. */
  use(listing: OpenListing): void {
    if (listing === this.#latest) return;
    this.#latest = listing;
    this.#listings.delete(listing);
    this.#listings.add(listing);
    if (this.#listings.size <= maxListings) return;
    const [oldest] = this.#listings;
    oldest?.close();
  }

  forget(listing: OpenListing): void {
    if (listing === this.#latest) this.#latest = undefined;
    this.#listings.delete(listing);
  }

  /** How many are kept. */
  get size(): number {
    return this.#listings.size;
  }
}

/** Finds the texts at which to stop, also where one comes in several pieces. */
export class StopFilter {
  readonly #stops: readonly string[];
  #held = '';

  constructor(stops: readonly string[]) {
    this.#stops = stops;
  }

  /** What of the text so far may be given away, and whether it has come to a stop. */
  add(piece: string): { readonly text: string; readonly stopped: boolean } {
    const text = this.#held + piece;
    const places = this.#stops.map((stop) => text.indexOf(stop)).filter((place) => place >= 0);
    if (places.length > 0) {
      this.#held = '';
      return { text: text.slice(0, Math.min(...places)), stopped: true };
    }
    const held = Math.max(0, ...this.#stops.map((stop) => beginsAtEnd(text, stop)));
    this.#held = text.slice(text.length - held);
    return { text: text.slice(0, text.length - held), stopped: false };
  }

  /** What was held back, when nothing more comes. */
  end(): string {
    const held = this.#held;
    this.#held = '';
    return held;
  }
}

/** How many characters at the end of a text are the beginning of a stop. */
function beginsAtEnd(text: string, stop: string): number {
  for (let length = Math.min(text.length, stop.length - 1); length > 0; length--) {
    if (text.endsWith(stop.slice(0, length))) return length;
  }
  return 0;
}

import type { RegionFile } from './region-file.js';

/** Regions of one server that no inference uses. */
export class FreeRegions {
  readonly #regions: RegionFile[] = [];

  /** Takes the smallest one with this room. */
  take(byteLength: number): RegionFile | undefined {
    const fitting = this.#regions.filter((region) => region.byteLength >= byteLength);
    const [first, ...others] = fitting;
    if (first === undefined) return undefined;
    return this.#remove(
      others.reduce((best, region) => (region.byteLength < best.byteLength ? region : best), first),
    );
  }

  /** Takes any, to be replaced by a larger one. */
  takeAny(): RegionFile | undefined {
    return this.#regions.pop();
  }

  add(region: RegionFile): void {
    this.#regions.push(region);
  }

  #remove(region: RegionFile): RegionFile {
    this.#regions.splice(this.#regions.indexOf(region), 1);
    return region;
  }
}

/** Resources that end together, the latest first. */
export class ResourceList implements Disposable {
  readonly #resources: Disposable[] = [];

  /** Keeps the resource until the list is disposed. */
  use<Resource extends Disposable>(resource: Resource): Resource {
    this.#resources.push(resource);
    return resource;
  }

  /** Disposes every resource, also when one of them fails; the first failure is thrown at the end. */
  [Symbol.dispose](): void {
    const failures: unknown[] = [];
    for (const resource of this.#resources.splice(0).reverse()) {
      try {
        resource[Symbol.dispose]();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) {
      throw failures[0];
    }
  }
}

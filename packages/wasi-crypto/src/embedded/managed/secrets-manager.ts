/** A guest's access to the managed keys of its runtime. */
export class SecretsManager implements Disposable {
  [Symbol.dispose](): void {}
}

/** What a guest's handle of the secrets manager stands for. The keys belong to the runtime and outlive it. */
export class SecretsManager implements Disposable {
  [Symbol.dispose](): void {}
}

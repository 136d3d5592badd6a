/** What a guest's handle of the secrets manager stands for. The keys outlive it. */
export class SecretsManager implements Disposable {
  [Symbol.dispose](): void {}
}

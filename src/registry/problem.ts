/** Why a registry gives no digest, for people. Never holds credentials, nor what the other side wrote. */
export class RegistryProblem extends Error {
  /** It concerns whatever is asked of that host: nobody has to wait for it again. */
  readonly isOfHost: boolean;

  constructor(message: string, { isOfHost = false }: { readonly isOfHost?: boolean } = {}) {
    super(message);
    this.isOfHost = isOfHost;
  }
}

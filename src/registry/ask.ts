import { credentialsIn, type Environment } from './credentials.ts';
import { digestOf } from './digest.ts';
import { type Endpoint, endpointOf } from './endpoint.ts';
import { RegistryProblem } from './problem.ts';
import { type Patience, sender } from './request.ts';

/** An image with its registry, and a tag of it. */
export interface Asked {
  readonly artifact: string;
  readonly tag: string;
}

/** A digest, and the registry that gave it; or why there is none. */
export type Answer = { readonly digest: string; readonly registry: string } | { readonly why: string };

const PATIENCE: Patience = { timeLimit: 10_000, pause: 5_000 };
/** So many requests are under way at once. */
const MOST = 4;

/**
 * Asks registries for the digests of tags, by the API of the Distribution project, with the credentials that docker or podman keep.
 * Answers come in the order of the images. A host that cannot be reached is not tried again.
 */
export function openRegistries(environment: Environment, patience: Patience = PATIENCE): (images: readonly Asked[]) => Promise<readonly Answer[]> {
  const send = sender(patience);
  const credentialsFor = credentialsIn(environment);
  const unreachable = new Map<string, RegistryProblem>();
  const digest = async (endpoint: Endpoint, tag: string): Promise<string> => {
    const { registry, repository } = endpoint;
    const known = unreachable.get(registry);
    if (known) throw known;
    try {
      return await digestOf(endpoint, tag, send, () => credentialsFor(registry, repository));
    } catch (error) {
      if (error instanceof RegistryProblem && error.isOfHost) unreachable.set(registry, error);
      throw error;
    }
  };
  const ask = async ({ artifact, tag }: Asked): Promise<Answer> => {
    try {
      const endpoint = endpointOf(artifact);
      return { registry: endpoint.registry, digest: await digest(endpoint, tag) };
    } catch (error) {
      if (error instanceof RegistryProblem) return { why: error.message };
      throw error;
    }
  };
  return async (images) => {
    const answers: Answer[] = [];
    const waiting = images.entries();
    const work = async (): Promise<void> => {
      for (const [index, image] of waiting) answers[index] = await ask(image);
    };
    await Promise.all(Array.from({ length: MOST }, work));
    return answers;
  };
}

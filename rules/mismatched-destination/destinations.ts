import type { EnvironmentWord, NamedText, Repository } from '../../src/rule/index.ts';
import { areApart, environmentNamed, type Owned } from './whose.ts';

/** A cluster or namespace of another environment. */
export interface ForeignDestination {
  readonly owned: Owned;
  readonly field: 'cluster' | 'namespace';
  readonly text: NamedText;
  readonly word: EnvironmentWord;
}

/**
 * Deployers that go where another environment's go. A name alone proves nothing: the other environment's deployers have
 * to go there, and the deployer's own environment has to have a place of its own.
 */
export function foreignDestinations(all: readonly Owned[], { environments }: Repository): ForeignDestination[] {
  return (['cluster', 'namespace'] as const).flatMap((field) =>
    all.flatMap((owned): ForeignDestination[] => {
      const { deployment, environment } = owned;
      const text = deployment[field];
      const word = text?.word;
      const theirs = word && environmentNamed(word, environments);
      if (!text || !word || !theirs || !areApart(theirs, environment) || deployment.word?.tier === theirs.tier) return [];
      const isTheirs = all.some((other) => other.environment.tier === theirs.tier && other.deployment[field]?.node.text === text.node.text);
      const hasOwn = all.some((other) => other.environment.tier === environment.tier && other.deployment[field]?.word?.tier === environment.tier);
      return isTheirs && (hasOwn || (field === 'namespace' && isNamedAfter(owned, text))) ? [{ owned, field, text, word }] : [];
    }),
  );
}

/** `shop-staging` of the Application `shop-prod`: but for the environment, one is named after the other. */
function isNamedAfter({ deployment: { name, word } }: Owned, { node, word: theirs }: NamedText): boolean {
  return without(name, word) === without(node.text, theirs);
}

function without(text: string, word: { readonly start: number; readonly end: number } | undefined): string {
  const rest = word ? `${text.slice(0, word.start)}-${text.slice(word.end)}` : text;
  return rest.replaceAll(/[^a-z0-9]+/gi, '-').replaceAll(/^-|-$/g, '');
}

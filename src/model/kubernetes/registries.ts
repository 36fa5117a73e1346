import type { Environment } from '../environment.ts';
import { normalizeImageName } from './image-reference.ts';

/** What `.gitopsrc` says for an environment, by its name, else by its tier, else for all (`*`). */
export function entryFor<T>(byEnvironment: Readonly<Record<string, T>>, { name, tier }: Environment): T | undefined {
  const key = [name, tier, '*'].find((candidate) => Object.hasOwn(byEnvironment, candidate));
  return key === undefined ? undefined : byEnvironment[key];
}

/**
 * Whether an image is taken from one of some registries, each a host or the beginning of a path below one; a `*` stands for
 * any text within a part of it. `docker.io` is meant where none is named.
 */
export function isFromRegistry(name: string, registries: readonly string[]): boolean {
  const parts = normalizeImageName(name).split('/');
  return registries.some((registry) => {
    const wanted = registry.replace(/\/+\**$/, '').split('/');
    return wanted.length <= parts.length && wanted.every((part, index) => matches(parts[index] ?? '', part));
  });
}

/** Goes through the text once for each `*`: no pattern takes long. */
function matches(text: string, pattern: string): boolean {
  const [first = '', ...others] = pattern.split('*');
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of others) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

/** Whether a tag has one of some forms, in which `#` stands for a number and `*` for any text: `v#.#.#`, `release-*`. */
export function hasTagForm(tag: string, forms: readonly string[]): boolean {
  return forms.some((form) => {
    const parts = form.split(/([#*]+)/).map((part, index) => (index % 2 === 0 ? part.replaceAll(/[^\w]/g, '\\$&') : part.includes('*') ? '.*' : '\\d+'));
    return new RegExp(`^${parts.join('')}$`).test(tag);
  });
}

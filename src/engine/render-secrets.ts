import type { Settings } from '../config/settings.ts';
import { isSecretAt, MASK, secretScalarsOf } from '../model/origin-row.ts';
import type { RenderResult } from '../model/render-result.ts';
import type { FieldPath } from '../tree/field-path.ts';
import { type Mapping, textOf } from '../tree/node.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { secretPlacesOf } from './secret-places.ts';

/** What may not be shown of a render. */
export interface RenderSecrets {
  isSecret(object: Mapping, path: FieldPath): boolean;
  /** The text without the secrets of the render. */
  hidden(text: string): string;
}

/** Shorter texts are words of any sentence. */
const SHORTEST = 4;

/** What may not be shown of a render: rather too much than too little. `others` are secrets that it was made of. */
export function secretsOf(
  result: Pick<RenderResult, 'inputs' | 'resources'>,
  workspace: Workspace,
  settings: Settings,
  others: Iterable<string> = [],
): RenderSecrets {
  const known = new Set(others);
  const { isSecretKey } = settings;
  const secrecy = { isSecretKey, isSecretPlace: secretPlacesOf(result.inputs, workspace, isSecretKey) };
  for (const { resource, path, node } of secretScalarsOf(result.resources, secrecy)) {
    if (node.text.length < SHORTEST) continue;
    known.add(node.text);
    if (resource.id.kind === 'Secret' && path[0] === 'data') known.add(decoded(node.text));
  }
  const texts = [...known].filter((text) => text.length >= SHORTEST).sort((a, b) => b.length - a.length);
  return {
    isSecret: (object, path) => {
      // Another tool may write a Secret in another way.
      const isOfSecret = textOf(object, 'kind') === 'Secret' && path[0] !== 'metadata' && path.length > 0;
      return isOfSecret || isSecretAt(object, path, isSecretKey);
    },
    hidden: (text) => texts.reduce((shown, secret) => shown.replaceAll(secret, MASK), text),
  };
}

function decoded(base64: string): string {
  try {
    return atob(base64.replaceAll(/\s/g, ''));
  } catch {
    // It was no base64: then there is nothing more to hide.
    return '';
  }
}

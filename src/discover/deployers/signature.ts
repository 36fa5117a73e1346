import { type Additions, addsAnything } from '../../model/additions.ts';
import type { HelmSettings } from '../../model/helm-settings.ts';
import { plainOf } from '../../tree/plain.ts';
import type { Target } from './locate.ts';
import type { Said } from './said.ts';

/** Equal for deployers that make the same of a folder; empty where they take it as it stands. */
export function signatureOf({ additions, helm, name }: Pick<Said, 'additions' | 'helm' | 'name'>, { renderer, values, root }: Target): string {
  if (renderer === 'helm') return JSON.stringify(['helm', name, values ?? root, helm && settingsOf(helm)]);
  const isFiltered = renderer === 'plain' && additions.directory !== undefined;
  if (!addsAnything(additions) && !isFiltered) return '';
  return JSON.stringify([...additionsOf(additions), isFiltered ? additions.directory : null]);
}

/** All of it: what a release is called, or where it goes, is another one's to say. */
function settingsOf({ inline, parameters, postRenderers, gaps = [], ...plain }: HelmSettings): unknown {
  return {
    ...plain,
    ...(gaps.length > 0 && { gaps: gaps.map(({ message }) => message) }),
    inline: inline.map(({ kind, node }) => [kind, plainOf(node)]),
    parameters: parameters.map(({ name, value, isString }) => [name.text, value.text, isString]),
    postRenderers: postRenderers.map(additionsOf),
  };
}

function additionsOf({ fields, labels, annotations, substitution }: Additions): unknown[] {
  const pairs = (entries: Additions['labels']) => entries.map(({ key, value }) => [key.text, plainOf(value)]);
  const variables = substitution && [[...substitution.variables].map(([name, value]) => [name, value?.text]), substitution.elsewhere];
  return [plainOf(fields), pairs(labels), pairs(annotations), ...(variables ? [variables] : [])];
}

import { nearestWord } from '../../text/nearest-word.ts';
import { joinPath } from '../../text/path.ts';
import { childOf, itemsOf, type Node, textOf } from '../../tree/node.ts';
import type { AbsentFolder, Lookup } from './said.ts';

/** Where a folder of an artifact comes from. */
export interface ArtifactFolder {
  /** The reference to the source that is copied, and the namespace in which it counts. */
  readonly source: Node;
  readonly namespace: string;
  /** The folder in that source. */
  readonly folder: string;
}

/**
 * Follows a path in an artifact back to where an ArtifactGenerator copies it from:
 * `copy: [{ from: "@repo/apps/production/**", to: "@artifact/production/" }]`. Undefined when nothing here tells.
 */
export function artifactFolder(artifact: string, namespace: string, path: string, lookup: Lookup): ArtifactFolder | AbsentFolder | undefined {
  const generator = lookup('ArtifactGenerator', artifact, namespace);
  if (!generator) return undefined;
  const spec = childOf(generator.node, 'spec');
  const wanted = joinPath('', path);
  if (wanted === undefined) return undefined;
  const output = itemsOf(spec, 'artifacts').find((item) => textOf(item, 'name') === artifact);
  const copies = itemsOf(output, 'copy').map(readCopy);
  // The rule that copies the folder itself, before those that copy what holds it.
  const found = copies
    .flatMap((copy) => {
      const isInside = copy && (copy.to === '' || wanted === copy.to || wanted.startsWith(`${copy.to}/`));
      if (!isInside) return [];
      const { alias, from, to } = copy;
      return [{ alias, folder: [from, wanted.slice(to ? to.length + 1 : 0)].filter(Boolean).join('/'), length: to.length }];
    })
    .sort((a, b) => b.length - a.length)[0];
  const folders = copies.flatMap((copy) => copy?.to ?? []);
  const isAbsent = output && wanted !== '' && folders.length === copies.length && !folders.some((to) => to.startsWith(`${wanted}/`));
  if (!found && isAbsent) return { near: nearestWord(wanted, folders) };
  const source = itemsOf(spec, 'sources').find((item) => textOf(item, 'alias') === found?.alias);
  return found && source && { source, namespace: generator.id.namespace, folder: found.folder };
}

/** What one rule copies, and where to; undefined for a pattern. */
function readCopy(rule: Node): { readonly alias: string; readonly from: string; readonly to: string } | undefined {
  const to = /^@artifact\/?(.*?)\/?$/.exec(textOf(rule, 'to') ?? '')?.[1];
  const [, alias, from] = /^@([^/]+)\/?(.*?)(?:\/\*\*)?\/?$/.exec(textOf(rule, 'from') ?? '') ?? [];
  return to === undefined || alias === undefined || from === undefined || from.includes('*') ? undefined : { alias, from, to };
}

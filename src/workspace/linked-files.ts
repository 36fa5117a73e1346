import { compareText } from '../text/location.ts';
import type { Workspace } from './workspace.ts';

const listings = new WeakMap<Workspace, readonly string[]>();

/** The files of a workspace, sorted; what a symlink to a folder leads to is listed under the link's name, too. */
export function filesWithLinks(workspace: Workspace): readonly string[] {
  let listing = listings.get(workspace);
  if (!listing) {
    const files = workspace.files();
    const linked = files.flatMap((link) => {
      // Most names say themselves that they are files.
      if (/\.(?:ya?ml|json|env|md|txt|sh|properties|tpl|go|ts|js|py)$/.test(link) || workspace.kindOf(link) !== 'directory') return [];
      const real = workspace.realPath(link) ?? link;
      // A link to a folder that it stands in has no end.
      return link.startsWith(real && `${real}/`) ? [] : files.filter((path) => path.startsWith(`${real}/`)).map((path) => link + path.slice(real.length));
    });
    listing = linked.length > 0 ? [...files, ...linked].sort(compareText) : files;
    listings.set(workspace, listing);
  }
  return listing;
}

import { type CodeOwners, hasSections, readCodeOwners } from '../model/code-owners.ts';
import type { Forge } from '../model/owner-pattern.ts';
import type { SourceFile } from '../text/source-file.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** Where each forge looks, in its order; the first file that is there counts. */
const PLACES: Readonly<Record<Forge, readonly string[]>> = {
  github: ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'],
  gitlab: ['CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'],
};

/** GitHub reads no more than this. */
const MAX_GITHUB_LENGTH = 3_000_000;

/** The code owners of a repository, as the forge reads them that it lies on; undefined where it names none. */
export function findCodeOwners(workspace: Workspace): CodeOwners | undefined {
  const read = (forge: Forge): SourceFile | undefined => {
    for (const path of PLACES[forge]) {
      const result = workspace.read(path);
      if (result.ok) return result.file;
    }
    return undefined;
  };
  const forge = forgeOf(workspace, read('gitlab'));
  const file = read(forge);
  if (!file || (forge === 'github' && file.text.length > MAX_GITHUB_LENGTH)) return undefined;
  return readCodeOwners(file, forge);
}

/** Its own folder or settings tell GitLab, and so do sections; all else is read as GitHub does. */
function forgeOf(workspace: Workspace, owners: SourceFile | undefined): Forge {
  if (workspace.kindOf('.github') === 'directory') return 'github';
  const isGitLab = workspace.kindOf('.gitlab') === 'directory' || workspace.kindOf('.gitlab-ci.yml') === 'file';
  return isGitLab || (owners !== undefined && hasSections(owners)) ? 'gitlab' : 'github';
}

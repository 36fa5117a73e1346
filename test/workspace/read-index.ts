import { indexWorkspace, stagedFiles } from '../../src/workspace/git-workspace.ts';
import { findPlace } from '../../src/workspace/open.ts';

/** Run by a hook: prints the index of the repository that a folder belongs to. */
const { root } = findPlace(process.argv[2] ?? '.');
const index = indexWorkspace(root);
const files = Object.fromEntries(
  index.files().map((file) => {
    const result = index.read(file);
    return [file, result.ok ? result.file.text : result.problem];
  }),
);
console.log(JSON.stringify({ files, staged: stagedFiles(root) }));

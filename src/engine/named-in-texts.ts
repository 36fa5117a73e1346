import { KUSTOMIZATION_NAMES } from '../render/kustomize/kustomization.ts';
import { groupBy } from '../text/group-by.ts';
import { baseOf, folderOf, joinPath, normalizePath } from '../text/path.ts';
import { CONFIG_NAMES, type Workspace } from '../workspace/workspace.ts';

/** The name of a YAML or JSON file, with as much of its path as stands before it. It is looked for at the start of words alone: some are very long. */
const NAME = /(?<![\w@%+.~/-])[\w@%+.~/-]*[\w-]\.(?:ya?ml|json)(?!\.?[\w-])/g;

/** Files that are no text, or too much of it, or that only say who owns or ignores something, or what became of it. */
const UNREAD = /\.(?:svg|png|jpe?g|gif|ico|pdf|zip|gz|tgz|xz|jar|woff2?|lock|sum|map|css|html?)$|ignore$|CODEOWNERS$|\.gitattributes$|yamllint|changelog/i;
const MAX_LENGTH = 2_000_000;
/** What our own settings say of a file, such as why it is excused, includes it nowhere. */
const UNREAD_NAMES = new Set([...KUSTOMIZATION_NAMES, ...CONFIG_NAMES]);
/** How a baseline or a report of ours begins: it names the files that it tells of. */
const OWN = new RegExp(
  [
    String.raw`\{\s*"schemaVersion": 1,\s*"(?:findings|tool)":`,
    String.raw`\{"type":"run","schemaVersion":1,`,
    String.raw`\[\s*\{\s*"description": .*\s*"check_name":`,
    String.raw`\{\s*"source": \{\s*"name": "gitops-lint"`,
    String.raw`\{"message":.*"source":\{"name":"gitops-lint"\}\}`,
    String.raw`\{\s*"\$schema": "[^"]*sarif[^"]*"`,
    String.raw`<\?xml [^>]*>\s*<(?:testsuites name="gitops-lint"|checkstyle )`,
    '<!-- gitops-lint -->',
    String.raw`(?:::group::|##\[group\]|##teamcity\[blockOpened name=')gitops-lint`,
  ]
    .map((start) => `^${start}`)
    .join('|'),
);
/** Those for people have no beginning of their own: they end with what was looked at. */
const OWN_TEXT = /^(?:no findings|(?:\d+ (?:error|warning|info)s?(?:, )?)+) in \d+ variants? of \d+ apps?\b/m;

/** Files that run commands: they go to folders of their own accord, so that a bare name in them may be any file of that name. */
const SCRIPT =
  /(?:^|\/)(?:[^./]+|\.[^/]*(?:\/.*)?|[^/]+\.(?:sh|bash|zsh|py|rb|[mc]?[jt]s|go|mk|groovy|ps1|tf|hcl|toml|star|txt)|(?:taskfile|skaffold|devspace|azure-pipelines|bitbucket-pipelines|cloudbuild|buildspec)[^/]*\.ya?ml)$/i;

/**
 * Which of some files another file of the repository names: a script, a workflow, the settings of a generator, the case of
 * a test, a page that tells how to apply it. Kustomizations and our own settings do not count: what they name is known better.
 * A folder that is named stands for all in it, if it is among the `folders` that nothing builds.
 */
export function namedInTexts(workspace: Workspace, wanted: readonly string[], folders: ReadonlySet<string>): ReadonlySet<string> {
  const named = new Set<string>();
  if (wanted.length === 0) return named;
  const byName = groupBy(wanted, baseOf);
  for (const path of workspace.files()) {
    if (UNREAD.test(path) || UNREAD_NAMES.has(baseOf(path))) continue;
    const result = workspace.read(path);
    if (!result.ok || result.file.text.length > MAX_LENGTH) continue;
    const { text } = result.file;
    if (OWN.test(text) || (/\.(?:txt|log)$/.test(path) && OWN_TEXT.test(text))) continue;
    const isScript = SCRIPT.test(path);
    for (const [name] of text.matchAll(NAME)) {
      for (const file of byName.get(baseOf(name)) ?? []) if (file !== path && isMeant(file, name, path, isScript)) named.add(file);
    }
    for (const folder of folders) if (namesFolder(text, folder)) for (const file of wanted) if (folderOf(file) === folder) named.add(file);
  }
  return named;
}

/** Whether a name, as it stands in a file, is that of another one. */
function isMeant(file: string, name: string, by: string, isScript: boolean): boolean {
  if (joinPath(folderOf(by), name) === file || normalizePath(name) === file) return true;
  // What stands before a variable or a step upwards is not known; the rest is the end of the path.
  const end = name.replace(/^.*\.\.\//, '').replace(/^(?:\.?\/)+/, '');
  return (isScript || end.includes('/')) && `/${file}`.endsWith(`/${end}`);
}

/** By the last two steps of its path, or by all of it. */
function namesFolder(text: string, folder: string): boolean {
  const end = folder.split('/').slice(-2).join('/');
  for (let at = text.indexOf(end); at !== -1; at = text.indexOf(end, at + 1)) {
    if (!/[\w.-]/.test(text[at - 1] ?? '') && !/[\w-]/.test(text[at + end.length] ?? '')) return true;
  }
  return false;
}

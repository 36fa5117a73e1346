import type { Environment } from '../model/environment.ts';
import type { Finding } from '../model/finding.ts';
import type { Field } from '../model/resource.ts';
import { type VersionStep, versionStepsTo } from '../model/versions/promotion.ts';
import { placeOfVersion } from '../model/versions/version-uses.ts';
import { waysOf } from '../model/ways.ts';
import { applyEdits, type TextEdit } from '../text/edit.ts';
import type { SourceFile } from '../text/source-file.ts';
import type { Origin } from '../tree/node.ts';
import type { LintRun } from './lint.ts';
import { partialNotes } from './notes.ts';

/** One app, before it is promoted. */
export interface PreflightApp {
  readonly name: string;
  readonly steps: readonly VersionStep[];
  /** What it lacks in the environment, and what is kept quiet there, and why. */
  readonly findings: readonly Finding[];
  /** It would change, and something is missing. */
  readonly isBlocked: boolean;
}

/** What promoting to an environment would change, and what is missing. */
export interface Preflight {
  readonly target: Environment;
  /** Those that would change or have findings, by name. */
  readonly apps: readonly PreflightApp[];
  /** What people should know besides, such as what could not be looked at. */
  readonly notes: readonly string[];
}

/** What a new version may need and the environment may lack. What is wrong there already, whatever is promoted, is told by `lint`. */
const RELEVANT: ReadonlySet<string> = new Set(['parity', 'promotion', 'references', 'separation']);

/** Puts together what a run with the gate of an environment found, and what promoting to it would change. */
export function preflightOf(run: LintRun, target: Environment, isApp: (name: string) => boolean): Preflight {
  const steps = versionStepsTo(target, run.repository).filter(({ app }) => isApp(app.name));
  const chosen = run.repository.variants.filter(({ app }) => isApp(app.name));
  const own = chosen.filter(({ environment }) => environment === target);
  const ids = new Map(own.map(({ id, app }) => [id, app.name]));
  const relevant = new Set(run.rules.flatMap(({ id, category }) => (RELEVANT.has(category) ? id : [])));
  const names = [...new Set([...steps.map(({ app }) => app.name), ...ids.values()])].sort();
  const isBefore = waysOf(run.repository.environments);
  const before = chosen.filter(({ environment }) => isBefore(environment, target));
  const missing = own.length === 0 ? `no app is in ${target.name}` : before.length === 0 ? `no environment comes before ${target.name}` : undefined;
  return {
    target,
    notes: [...(missing === undefined ? [] : [`${missing}, so nothing was compared`]), ...partialNotes([...before, ...own]), ...run.notes],
    apps: names.flatMap((name): PreflightApp[] => {
      const changes = steps.filter(({ app }) => app.name === name);
      const findings = run.findings.filter(({ variants, ruleId }) => relevant.has(ruleId) && variants.some((id) => ids.get(id) === name));
      const isBlocked = changes.length > 0 && findings.some(({ severity, suppressed }) => severity === 'error' && !suppressed);
      return changes.length > 0 || findings.length > 0 ? [{ name, steps: changes, findings, isBlocked }] : [];
    }),
  };
}

/** A file with the versions of the environment before. */
export interface PromotedFile {
  readonly file: SourceFile;
  readonly text: string;
  readonly steps: readonly VersionStep[];
}

/** A step that cannot be written, and why. */
export interface LeftStep {
  readonly step: VersionStep;
  readonly why: string;
}

/** Writes the versions into the texts of the files that name them; nothing else in them changes. */
export function promote(steps: readonly VersionStep[]): { readonly files: readonly PromotedFile[]; readonly left: readonly LeftStep[] } {
  const left: LeftStep[] = [];
  const edits = new Map<SourceFile, { readonly step: VersionStep; readonly edit: TextEdit }[]>();
  for (const step of steps) {
    const own = editsFor(step);
    if (typeof own === 'string') left.push({ step, why: own });
    else for (const edit of own) edits.set(edit.location.file, [...(edits.get(edit.location.file) ?? []), { step, edit }]);
  }
  const files = [...edits].map(
    ([file, own]): PromotedFile => ({
      file,
      text: applyEdits(
        file.text,
        own.map(({ edit }) => edit),
      ),
      steps: [...new Set(own.map(({ step }) => step))],
    }),
  );
  return { files, left };
}

/** The edits of one step, or why there are none. */
function editsFor({ now: [{ use }], next, isOwn }: VersionStep): TextEdit[] | string {
  const { file, start, end } = placeOfVersion(use);
  const written = file.text.slice(start, end);
  const { version, digest } = next.use;
  if (file.tree) return 'it stands in another tree';
  if (!isOwn) return 'other environments read that file, too';
  if (use.version === undefined || version === undefined || written !== use.version) return 'no version stands at its place as it is';
  const edits = [{ location: { file, span: { start, end } }, newText: version }];
  if (use.digest === undefined && digest === undefined) return edits;
  if (use.digest === undefined || digest === undefined) return 'only one of the two names a digest: "gitops-lint pin" writes them';
  const place = placeOfDigest(use.field, use.digest);
  if (place?.file !== file || file.text.slice(place.start, place.end) !== use.digest) return 'its digest stands elsewhere';
  return [...edits, { location: { file, span: { start: place.start, end: place.end } }, newText: digest }];
}

/** Who wrote the digest of an image: behind its tag, or in a place of its own. */
function placeOfDigest(field: Field, digest: string): Origin | undefined {
  const { node } = field;
  const start = node?.kind === 'scalar' ? node.text.lastIndexOf(digest) : -1;
  return start === -1 ? undefined : field.slice(start, start + digest.length);
}

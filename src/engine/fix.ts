import type { Settings } from '../config/settings.ts';
import type { Finding, Fix } from '../model/finding.ts';
import { applyEdits, type TextEdit } from '../text/edit.ts';
import { groupBy } from '../text/group-by.ts';
import { baseOf } from '../text/path.ts';
import { SourceFile, type Span } from '../text/source-file.ts';
import { withTexts } from '../workspace/with-texts.ts';
import { CONFIG_NAMES, type Workspace } from '../workspace/workspace.ts';
import { batchOf, obstacleTo } from './fix-choice.ts';
import { OpenFindings, type UnfixedFinding } from './fix-open.ts';
import { doubtsOf, type FixableFinding, type FixDoubt } from './fix-proof.ts';
import { RootBuilds } from './fix-roots.ts';
import { type LintOptions, type LintRun, lint } from './lint.ts';
import { oneTree, withOwnTree, workspaceOf } from './read-repository.ts';
import { secretSpansOf } from './secrets.ts';

/** What to fix. */
export interface FixRequest {
  /** How the repository was checked, and what that found. */
  readonly options: LintOptions;
  readonly run: LintRun;
  /** Also what somebody has to look at. */
  readonly unsafe: boolean;
  /** The settings of a repository whose configuration a fix changes; left out, no fix may. */
  readonly settingsIn?: ((workspace: Workspace) => Promise<Settings>) | undefined;
}

/** A file that fixes change; without a text it is deleted. */
export interface FixedFile {
  /** As it was read. */
  readonly file: SourceFile;
  readonly text: string | undefined;
  /** What no output may show, of the text before and of that after. */
  readonly secrets: { readonly before: readonly Span[]; readonly after: readonly Span[] };
}

/** Which findings get fixed, by which texts, and what is left. Nothing is written. */
export interface FixPlan {
  /** Sorted by path. */
  readonly files: readonly FixedFile[];
  readonly fixed: readonly Finding[];
  readonly left: readonly UnfixedFinding[];
  /** What is found afterwards. */
  readonly run: LintRun;
}

/** What waits for another one is tried in the next round: after so many, the rest is left to another run. */
const ROUNDS = 10;
/** How often the fixes of one round are tried, with fewer of them each time. */
const ATTEMPTS = 12;

/** A repository as if some fixes were made. */
interface State {
  readonly texts: ReadonlyMap<string, string | undefined>;
  readonly options: LintOptions;
  readonly run: LintRun;
}

/**
 * Makes the fixes of what a run found, in memory, and checks and renders everything again. A fix stays only where its finding is gone,
 * nothing new is found, and no render is another but those of the variants that the finding accuses.
 */
export async function planFixes(request: FixRequest): Promise<FixPlan> {
  const { options, run, unsafe } = request;
  if (!run.findings.some(isWanted(unsafe))) return { files: [], fixed: [], left: [], run };
  const first = await wholeRun(request);
  const open = new OpenFindings(run.findings.filter(isWanted(unsafe)));
  const roots = new RootBuilds();
  const fixed: Finding[] = [];
  let state = first;
  for (let round = 0; round < ROUNDS; round += 1) {
    const candidates = open.among(state.run.findings.filter(isWanted(unsafe))).filter((fixable) => {
      const why = obstacleIn(fixable, state.options.workspace, request);
      if (why) open.giveUp(fixable, { why });
      return why === undefined;
    });
    const batch = batchOf(candidates, state.run.repository.variants);
    if (batch.length === 0) break;
    const { made, next, refused } = await tryOut(batch, state, request, roots);
    for (const [fixable, doubt] of refused) open.giveUp(fixable, doubt);
    open.settle(made);
    fixed.push(...made.map(({ finding }) => finding));
    state = next;
    if (made.length === 0 && refused.size === 0) break;
  }
  const files = filesOf(state, first);
  const isSeen = first.run === run || files.length === 0;
  return { files, fixed, left: open.left(), run: isSeen ? (files.length === 0 ? run : state.run) : await lint(scoped(state, options)) };
}

function isWanted(unsafe: boolean): (finding: Finding) => boolean {
  return ({ fix, suppressed }) => fix !== undefined && !suppressed && (unsafe || fix.safety === 'safe');
}

/** What a fix does is looked for everywhere, whatever part of the repository was asked for. */
async function wholeRun({ options, run }: FixRequest): Promise<State> {
  const { scope = {}, since, folder } = options;
  const isWhole = folder === '' && !since && Object.values(scope).every((part) => part === undefined);
  const whole: LintOptions = { ...options, folder: '', scope: {}, since: undefined };
  return { texts: new Map(), options: whole, run: isWhole ? run : await lint(whole) };
}

function scoped({ options }: State, { folder, scope, since }: LintOptions): LintOptions {
  return { ...options, folder, ...(scope && { scope }), since };
}

function obstacleIn({ fix }: FixableFinding, workspace: Workspace, { settingsIn, options }: FixRequest): string | undefined {
  const isOfConfig = fix.edits.some(({ location: { file } }) => CONFIG_NAMES.includes(baseOf(file.path)));
  if (isOfConfig && !settingsIn) return 'it stands in the configuration';
  return obstacleTo(fix, workspace) ?? (writesSecret(fix, workspace, options.settings) ? 'it would write a secret' : undefined);
}

/** What no output may show, nobody writes unseen. */
function writesSecret({ edits, safety }: Fix, workspace: Workspace, { isSecretKey }: Settings): boolean {
  // A safe fix brings nothing from elsewhere.
  if (safety === 'safe') return false;
  return [...groupBy(edits, ({ location }) => location.file.path).values()].some((own) => {
    const [{ location }] = own;
    const after = new SourceFile(location.file.path, applyEdits(location.file.text, own));
    const secrets = secretSpansOf([after], [], () => workspace, isSecretKey).get(after.name) ?? [];
    let shift = 0;
    return [...own]
      .sort((a, b) => a.location.span.start - b.location.span.start)
      .some(({ location: { span }, newText }) => {
        const start = span.start + shift;
        shift += newText.length - (span.end - span.start);
        return newText.trim() !== '' && secrets.some((secret) => secret.start < start + newText.length && secret.end > start);
      });
  });
}

interface Outcome {
  readonly made: readonly FixableFinding[];
  readonly next: State;
  readonly refused: ReadonlyMap<FixableFinding, FixDoubt>;
}

/** Tries fixes together. Of several that may be to blame for something, the later half waits, until one is left. */
async function tryOut(all: readonly FixableFinding[], state: State, request: FixRequest, roots: RootBuilds): Promise<Outcome> {
  const refused = new Map<FixableFinding, FixDoubt>();
  let batch = all;
  for (let attempt = 0; batch.length > 0 && attempt < ATTEMPTS; attempt += 1) {
    const next = await applied(batch, state, request);
    const found = doubtsOf({ before: state.run, after: next.run }, batch);
    const doubts = found.length > 0 ? found : await roots.doubtsOf(batch, state.options, next.options);
    if (doubts.length === 0) {
      roots.settle();
      return { made: batch, next, refused };
    }
    const out = new Set<FixableFinding>();
    for (const doubt of doubts) {
      const [only, ...others] = doubt.among;
      if (only && others.length === 0) refused.set(only, doubt);
      // Who is out for another reason may have been the one.
      else if (doubt.among.some((fix) => out.has(fix))) continue;
      for (const fix of doubt.among.slice(Math.floor(doubt.among.length / 2))) out.add(fix);
    }
    batch = batch.filter((fix) => !out.has(fix));
  }
  return { made: [], next: state, refused };
}

async function applied(batch: readonly FixableFinding[], { texts, options }: State, { settingsIn, options: { workspace, trees } }: FixRequest): Promise<State> {
  const changed = new Map(texts);
  const edits = groupBy(
    batch.flatMap(({ fix }) => fix.edits),
    ({ location }) => location.file.path,
  );
  for (const [path, own] of edits) changed.set(path, textAfter(own));
  const fixed = withTexts(workspace, changed);
  const isConfigured = [...edits.keys()].some((path) => CONFIG_NAMES.includes(baseOf(path)));
  const settings = isConfigured && settingsIn ? await settingsIn(fixed) : options.settings;
  const next: LintOptions = { ...options, settings, workspace: fixed, trees: withOwnTree(trees ?? oneTree(workspace), fixed) };
  return { texts: changed, options: next, run: await lint(next) };
}

function textAfter(edits: readonly [TextEdit, ...TextEdit[]]): string | undefined {
  const text = applyEdits(edits[0].location.file.text, edits);
  return text === '' ? undefined : text;
}

function filesOf(state: State, first: State): FixedFile[] {
  const changed = [...state.texts].sort().flatMap(([path, text]) => {
    const [before, after] = [first, state].map(({ options }) => options.workspace.read(path));
    return before?.ok && before.file.text !== text ? [{ file: before.file, text, after: after?.ok ? after.file : undefined }] : [];
  });
  const before = secretsIn(
    changed.map(({ file }) => file),
    first,
  );
  const after = secretsIn(
    changed.flatMap((one) => one.after ?? []),
    state,
  );
  return changed.map(({ file, text }) => ({ file, text, secrets: { before: before.get(file.name) ?? [], after: after.get(file.name) ?? [] } }));
}

function secretsIn(files: readonly SourceFile[], { options, run }: State): ReadonlyMap<string, readonly Span[]> {
  const trees = options.trees ?? oneTree(options.workspace);
  const reached = run.repository.files.map(({ yaml }) => yaml.file);
  return secretSpansOf(files, reached, (file) => workspaceOf(trees, file), options.settings.isSecretKey);
}

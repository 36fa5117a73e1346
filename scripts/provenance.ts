/**
 * Proves that values come from where the renderer says: changes the place that it names for a sample of values of real
 * repositories, renders again, and looks whether just that part of the value changed. Needs the repositories that lie
 * beside this one. Usage: npm run provenance [-- NAME…]
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { RenderResult } from '../src/model/render-result.ts';
import { createKustomizeRenderer } from '../src/render/kustomize/renderer.ts';
import { groupBy } from '../src/text/group-by.ts';
import { folderOf, normalizePath } from '../src/text/path.ts';
import { formatFieldPath } from '../src/tree/field-path.ts';
import type { How } from '../src/tree/node.ts';
import { openDiskWorkspace } from '../src/workspace/open.ts';
import type { Workspace } from '../src/workspace/workspace.ts';
import { type Claim, claimsOf } from '../test/support/provenance/claims.ts';
import { prove, type Verdict } from '../test/support/provenance/oracle.ts';
import { randomFrom } from './provenance/random.ts';
import { CORPORA, corpora, inTemporaryFolder, openCase, type RecordedCase, recordedRows, SHARED, unpackedIn } from './recorded.ts';

/** How many claims are tried of each `how`: what changed on the way counts more than plain lines. */
const QUOTA = 300;

/** The same sample each time. */
const SEED = 20_260_101;

/** A repository, or a single case of a recorded suite. */
interface Source {
  readonly name: string;
  readonly workspace: Workspace;
  readonly folders: readonly string[];
}

interface Candidate {
  readonly source: Source;
  readonly claim: Pick<Claim, 'folder' | 'index' | 'path' | 'start'>;
}

const KUSTOMIZATION = /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/;

async function* repositories(into: string): AsyncGenerator<Source> {
  for (const name of corpora()) {
    const workspace = await openDiskWorkspace({ root: unpackedIn(into, name), folder: '' });
    yield {
      name,
      workspace,
      folders: [
        ...new Set(
          workspace
            .files()
            .filter((file) => KUSTOMIZATION.test(file))
            .map(folderOf),
        ),
      ],
    };
  }
}

/** The recorded cases hold what repositories rarely do. */
function* cases(): Generator<Source> {
  for (const file of ['open.jsonl', 'probes.jsonl']) {
    for (const recorded of recordedRows<RecordedCase>(path.join(SHARED, 'kustomize', file))) {
      const { workspace, folder } = openCase(recorded);
      yield { name: recorded.id, workspace, folders: [folder] };
    }
  }
}

/** The candidates of one `how`, by the place that they name: many values may come from one line. */
type Places = Map<string, Candidate[]>;

/** Notes what every value of a source claims; of each place a few values, drawn evenly. Returns what is wrong with the places. */
function collect(source: Source, byHow: Map<How, Places>, counts: Map<How | 'entry', number>, random: () => number): string[] {
  const wrong: string[] = [];
  const renderer = createKustomizeRenderer({ workspace: source.workspace, loadRestrictor: 'root' });
  const met = new Map<string, number>();
  for (const folder of source.folders) {
    const result = renderer.render(folder);
    if (result.status !== 'rendered' && result.status !== 'partial') continue;
    for (const { origin, index, path: field, start } of claimsOf(result)) {
      const { file, how } = origin;
      const isInside = normalizePath(file.path) === file.path && origin.start >= 0 && origin.start <= origin.end && origin.end <= file.text.length;
      if (!isInside || source.workspace.kindOf(file.path) !== 'file') wrong.push(`${source.name}: ${file.path} ${origin.start}–${origin.end}`);
      // Such a place says of itself that it holds more than the value: there is nothing to try.
      const word = origin.precision === 'entry' ? 'entry' : how;
      counts.set(word, (counts.get(word) ?? 0) + 1);
      if (word === 'entry') continue;
      const places = byHow.get(how) ?? new Map<string, Candidate[]>();
      byHow.set(how, places);
      const key = `${source.name}\0${file.path}\0${origin.start}`;
      const known = places.get(key) ?? [];
      places.set(key, known);
      const seen = (met.get(how + key) ?? 0) + 1;
      met.set(how + key, seen);
      const candidate = { source, claim: { folder, index, path: field, start } };
      if (known.length < 8) known.push(candidate);
      else if (random() < 8 / seen) known[Math.floor(random() * 8)] = candidate;
    }
  }
  return wrong;
}

/** One value of each place in random order, then a second one of each, until there are enough. */
function draw(places: Places, random: () => number): Candidate[] {
  const shuffled = [...places.values()].map((candidates) => ({ candidates, at: random() })).sort((a, b) => a.at - b.at);
  const drawn: Candidate[] = [];
  for (let round = 0; round < 8 && drawn.length < QUOTA; round += 1) {
    for (const { candidates } of shuffled) {
      const candidate = candidates[round];
      if (candidate && drawn.length < QUOTA) drawn.push(candidate);
    }
  }
  return drawn;
}

function tryAll(drawn: readonly (Candidate & { readonly how: How })[]): { readonly how: How; readonly verdict: Verdict; readonly what: string }[] {
  const byRoot = groupBy(drawn, ({ source, claim }) => `${source.name}\0${claim.folder}`);
  return [...byRoot.values()].flatMap((group) => {
    const [first] = group;
    const result = createKustomizeRenderer({ workspace: first.source.workspace, loadRestrictor: 'root' }).render(first.claim.folder);
    const claims = new Map([...claimsOf(result)].map((claim) => [keyOf(claim), claim]));
    return group.map(({ how, source, claim: { index, path: field, start } }) => {
      const claim = claims.get(keyOf({ index, path: field, start }));
      const verdict: Verdict = claim ? prove(source.workspace, result, claim) : { kind: 'failed', why: 'rendered otherwise the second time' };
      return { how, verdict, what: `${source.name}/${first.claim.folder} ${nameOf(result, index)} ${formatFieldPath(field)}` };
    });
  });
}

function keyOf({ index, path: field, start }: Pick<Claim, 'index' | 'path' | 'start'>): string {
  return `${index}\0${JSON.stringify(field)}\0${start}`;
}

function nameOf({ resources }: RenderResult, index: number): string {
  const id = resources[index]?.id;
  return id ? `${id.kind}/${id.name}` : '?';
}

async function main(): Promise<void> {
  if (!existsSync(CORPORA)) {
    console.log(`SKIPPED: the repositories are not here (${path.relative(process.cwd(), SHARED)}), so nothing was proved`);
    return;
  }
  const only = process.argv.slice(2);
  const random = randomFrom(SEED);
  await inTemporaryFolder(async (folder) => {
    const byHow = new Map<How, Places>();
    const counts = new Map<How | 'entry', number>();
    const wrong: string[] = [];
    for await (const source of repositories(folder)) {
      if (only.length === 0 || only.some((name) => source.name.includes(name))) wrong.push(...collect(source, byHow, counts, random));
    }
    for (const source of cases()) {
      if (only.length === 0 || only.some((name) => source.name.includes(name))) wrong.push(...collect(source, byHow, counts, random));
    }
    report(byHow, counts, wrong, random);
  });
}

function report(byHow: ReadonlyMap<How, Places>, counts: ReadonlyMap<How | 'entry', number>, wrong: readonly string[], random: () => number): void {
  const drawn = [...byHow].flatMap(([how, places]) => draw(places, random).map((candidate) => ({ ...candidate, how })));
  const outcomes = tryAll(drawn);
  const count = (how: How, kind: Verdict['kind']) => outcomes.filter((each) => each.how === how && each.verdict.kind === kind).length;
  for (const [how, places] of [...byHow].sort(([a], [b]) => a.localeCompare(b))) {
    const words = (['passed', 'renamed', 'dragged', 'skipped', 'failed'] as const).map((kind) => `${count(how, kind)} ${kind}`).join(', ');
    console.log(`${how}: ${words} (of ${counts.get(how)} stretches from ${places.size} places)`);
  }
  console.log(`left out: ${counts.get('entry') ?? 0} stretches whose place is known to the entry only, and says so`);
  for (const kind of ['dragged', 'skipped'] as const) {
    const reasons = groupBy(
      outcomes.filter(({ verdict }) => verdict.kind === kind),
      ({ how, verdict }) => `${how}: ${verdict.why}`,
    );
    for (const [why, group] of [...reasons].sort(([a], [b]) => a.localeCompare(b))) console.log(`${kind} ${group.length}: ${why}`);
  }
  for (const { verdict, how, what } of outcomes) if (verdict.kind === 'failed') console.log(`FAILED ${how}: ${what}: ${verdict.why}`);
  for (const place of new Set(wrong)) console.log(`FAILED: not in the repository: ${place}`);
  const failed = outcomes.filter(({ verdict }) => verdict.kind === 'failed').length + new Set(wrong).size;
  const passed = outcomes.filter(({ verdict }) => ['passed', 'renamed', 'dragged'].includes(verdict.kind)).length;
  console.log(`${passed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}

await main();

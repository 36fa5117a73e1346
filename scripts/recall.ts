/**
 * Plants mistakes in clean small repositories, lints each, and says how many are found at the right line, and what is
 * said besides; as many harmless changes of the same shapes are among them. The same repositories and mistakes for the same seed.
 * Usage: npm run recall [-- --seed N] [--kind PART OF ITS NAME] [--each N] [--show]
 */
import { parseArgs } from 'node:util';
import type { Kind } from './recall/case.ts';
import { type Judged, judge } from './recall/judge.ts';
import { DEFECTS, HARMLESS } from './recall/kinds.ts';
import { lintFiles } from './recall/lint-files.ts';
import { drawRepositories, plant } from './recall/plant.ts';
import { complaintsOf, percent, tableOf } from './recall/report.ts';

/** What everybody compares with. */
const SEED = 20_260_615;
/** How many repositories mistakes are planted in; each kind takes those that have a place for it. */
const REPOSITORIES = 140;
/** So many cases of each kind are told one by one. */
const MOST_OF_A_KIND = 3;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(SEED) },
    kind: { type: 'string', default: '' },
    each: { type: 'string', default: '14' },
    show: { type: 'boolean', default: false },
  },
});
const [seed, each] = [Number(values.seed), Number(values.each)];
const isMeant = ({ name }: Kind) => name.includes(values.kind);

async function main(): Promise<number> {
  const repositories = drawRepositories(seed, REPOSITORIES);
  let isClean = true;
  for (const { layout, files } of repositories) {
    for (const { rule, path, line, message } of await lintFiles(files)) {
      console.log(`not clean (${layout}): ${rule} at ${path}:${line}: ${message}`);
      isClean = false;
    }
  }
  if (!isClean) return 1;
  const judgeAll = async (kinds: readonly Kind[], count: number): Promise<Judged[]> => {
    const judged: Judged[] = [];
    for (const kind of kinds.filter(isMeant)) {
      const planted = plant(kind, repositories, count, seed);
      if (planted.length === 0) console.log(`no place for: ${kind.name}`);
      for (const one of planted) judged.push(await judge(one));
    }
    return judged;
  };
  const defects = await judgeAll(DEFECTS, each);
  const perKind = Math.ceil(defects.length / Math.max(1, HARMLESS.filter(isMeant).length));
  const nearMisses = await judgeAll(HARMLESS, values.kind === '' ? perKind : each);
  if (defects.length + nearMisses.length === 0) {
    console.error(`nothing is planted by the name of "${values.kind}"`);
    return 2;
  }
  const wrong = [...defects, ...nearMisses].filter(({ missed, extra }) => missed.length + extra.length > 0);
  for (const line of firstOfEachKind(wrong).flatMap(complaintsOf)) console.log(line);
  if (values.show) for (const judged of wrong) show(judged);
  const { lines, total } = tableOf(defects, nearMisses);
  for (const line of ['', ...lines, '']) console.log(line);
  console.log(`seed ${seed}: ${repositories.length} clean repositories, ${defects.length} with a mistake, ${total.harmless} with a harmless change`);
  const precision = total.extra / Math.max(1, total.found + total.extra);
  console.log(`recall at the right line ${percent(total.found / Math.max(1, total.planted))}, extra findings ${percent(precision)}`);
  return total.isGood ? 0 : 1;
}

function firstOfEachKind(judged: readonly Judged[]): Judged[] {
  return judged.filter((one) => judged.filter(({ kind }) => kind === one.kind).indexOf(one) < MOST_OF_A_KIND);
}

/** The files that a case changed. */
function show({ kind, files, repository }: Judged): void {
  const paths = new Set([...Object.keys(files), ...Object.keys(repository.files)]);
  for (const path of [...paths].filter((one) => files[one] !== repository.files[one])) console.log(`\n--- ${kind}: ${path}\n${files[path] ?? '(gone)'}`);
}

process.exitCode = await main();

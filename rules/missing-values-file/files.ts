import {
  type Deployment,
  elementName,
  firstOf,
  type NamedPath,
  type Origin,
  type Repository,
  type Resource,
  type Variant,
  withoutStandIns,
  writtenName,
} from '../../src/rule/index.ts';

/** An entry of a deployer that names values files, of which one or more are not there. */
export interface MissingFiles {
  /** For people: `ApplicationSet "web"`. */
  readonly deployer: string;
  /** For people: `"values-qa.yaml" and 2 more, which do not exist`. */
  readonly missing: string;
  /** The entry as it was written. */
  readonly at: Origin;
  /** What was filled into the entry, where that leads nowhere. */
  readonly filled: readonly { readonly at: Origin; readonly text: string }[];
  readonly about: Resource;
  /** Those that get no values of it, or, where none is known, those that hold the deployer. */
  readonly variants: readonly Variant[];
}

interface Use {
  readonly deployment: Deployment;
  readonly file: NamedPath;
}

/** The values files that somebody misses: one for each entry that is written. */
export function missingValuesFiles({ deployments, environments }: Repository): MissingFiles[] {
  const groups = new Map<string, [Use, ...Use[]]>();
  const served = new Set(deployments.flatMap(({ valuesFiles }) => valuesFiles.filter(({ whereabouts }) => whereabouts === 'here').flatMap(leadsOf)));
  for (const use of withoutStandIns(deployments).flatMap(missingIn)) {
    // What a set says of one cluster counts in the installation that has it: it is wrong where it leads nowhere in any.
    if (use.deployment.isConditional && leadsOf(use.file).some((lead) => served.has(lead))) continue;
    const key = keyOf(entryOf(use.file));
    const group = groups.get(key);
    if (group) group.push(use);
    else groups.set(key, [use]);
  }
  return [...groups.values()].map((uses) => describe(uses, environments));
}

function missingIn(deployment: Deployment): Use[] {
  const { source, valuesFiles } = deployment;
  const files = valuesFiles.filter((file) => file.whereabouts === 'missing' && !file.optional);
  // Of a folder that is missing itself nothing more is to be said.
  return files.filter(({ path }) => !(source.whereabouts === 'missing' && path?.startsWith(`${source.path}/`))).map((file) => ({ deployment, file }));
}

/** Each part of a path that was filled into an entry, or the entry itself; of a missing path, only where it is not there. */
function leadsOf(file: NamedPath): string[] {
  const entry = keyOf(entryOf(file));
  const filled = filledIn(file).map((origin) => `${entry}\n${keyOf(origin)}`);
  return filled.length > 0 ? filled : [entry];
}

/** Who filled in what where the text was a template; of a missing path, in the steps that are not there. */
function filledIn(file: NamedPath): Origin[] {
  const { node, text, gone } = file;
  if (node.kind !== 'scalar') return [];
  const entry = entryOf(file);
  const start = gone === undefined ? 0 : Math.max(0, text.lastIndexOf(gone));
  const parts = node.parts?.filter(({ origin, end }) => end > start && !isWithin(origin, entry) && !isOfChart(origin)) ?? [];
  return parts.map(({ origin }) => origin);
}

/** Where the entry was written: of one that a chart makes, in its template, unless all of it is a value. */
function entryOf({ node }: NamedPath): Origin {
  return (node.kind === 'scalar' && node.parts?.find(({ origin }) => isOfChart(origin))?.origin) || node.origin;
}

function isOfChart({ how }: Origin): boolean {
  return how === 'helm-template';
}

function isWithin(inner: Origin, outer: Origin): boolean {
  return inner.file === outer.file && outer.start <= inner.start && inner.end <= outer.end;
}

function keyOf({ file, start, end }: Origin): string {
  return `${file.name}\0${start}\0${end}`;
}

function describe(uses: readonly [Use, ...Use[]], environments: Repository['environments']): MissingFiles {
  const [{ deployment, file }] = uses;
  const texts = [...new Set(uses.map((use) => `"${use.file.text}"`))];
  const found = file.near?.();
  const isMeant = found !== undefined && !environments.some(({ name }) => isOnlyIn(name, found, file.path ?? ''));
  const near = isMeant ? `; did you mean "${found}"?` : '';
  return {
    deployer: nameOf(uses.map((use) => use.deployment)),
    missing: texts.length > 1 ? `${firstOf(texts, 1)}, which do not exist` : `${texts[0]}, which does not exist${near}`,
    at: entryOf(file),
    filled: placesIn(uses),
    about: deployment.deployer,
    variants: [...new Set(uses.flatMap(({ deployment: { variants, holder } }) => (variants.length > 0 ? variants : [holder])))],
  };
}

/** Whether a word stands in one path and not in the other: the file of another environment is never meant. */
function isOnlyIn(word: string, path: string, other: string): boolean {
  const isIn = (text: string) => text.split('/').some((step) => `-${step.replaceAll(/[._]/g, '-')}-`.includes(`-${word}-`));
  return isIn(path) && !isIn(other);
}

/** What was filled in where each missing path ends: the first of it, once. */
function placesIn(uses: readonly Use[]): MissingFiles['filled'] {
  const found = uses.flatMap(({ file }) => {
    const [at] = filledIn(file);
    return at ? [[keyOf(at), { at, text: file.text }] as const] : [];
  });
  return [...new Map(found).values()];
}

/** `Application "web"`; of a set, its one Application, or the set where there are several or only a cluster knows the name. */
function nameOf(deployments: readonly Deployment[]): string {
  const own = new Set(deployments.map(elementName));
  return firstOf([...(own.size > 1 ? new Set(deployments.map(writtenName)) : own)], 1);
}

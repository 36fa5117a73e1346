import { ConfigError } from '../errors.ts';
import type { Baseline, KnownFinding } from '../model/baseline.ts';
import { TIER_RANK, type Tier } from '../model/environment.ts';
import { groupBy } from '../text/group-by.ts';
import { compareText, startOf } from '../text/location.ts';
import type { SourceFile } from '../text/source-file.ts';
import { childOf, entriesOf, itemsOf, locationOf, type Mapping, type Node, textOf } from '../tree/node.ts';
import { parseYaml } from '../yaml/parse.ts';

const FIELDS = ['file', 'app', 'resource', 'path', 'tier', 'count', 'fingerprint'] as const;

/** The text of a baseline: grouped by rule, an entry a line, in an order that depends on nothing but the entries. */
export function printBaseline(entries: readonly KnownFinding[]): string {
  const groups = [...groupBy(entries, ({ ruleId }) => ruleId)].sort(([a], [b]) => compareText(a, b));
  const rules = groups.map(([id, known]) => `    ${JSON.stringify(id)}: [\n${linesOf(known).join(',\n')}\n    ]`);
  return `{\n  "schemaVersion": 1,\n  "findings": {${rules.length > 0 ? `\n${rules.join(',\n')}\n  ` : ''}}\n}\n`;
}

function linesOf(known: readonly KnownFinding[]): string[] {
  const keyOf = (entry: KnownFinding) => FIELDS.map((field) => entry[field] ?? '').join('\u0000');
  return [...known].sort((a, b) => compareText(keyOf(a), keyOf(b))).map((entry) => `      ${lineOf(entry)}`);
}

function lineOf(entry: KnownFinding): string {
  const fields = FIELDS.flatMap((field) => {
    const value = field === 'count' && entry.count === 1 ? undefined : entry[field];
    return value === undefined ? [] : `${JSON.stringify(field)}: ${JSON.stringify(value)}`;
  });
  return `{ ${fields.join(', ')} }`;
}

/** Reads a baseline. Throws a `ConfigError` at the first line that is none of one. */
export function readBaseline(file: SourceFile): Baseline {
  const mark = /^(?:<{7}|={7}|>{7})(?=[ \r\n]|$)/m.exec(file.text);
  // In JSON such a line breaks what is around it: the place of the mark tells more than that of the break.
  if (mark) throw new ConfigError('the baseline has marks of a merge', { file, span: { start: mark.index, end: mark.index + mark[0].length } }, ANEW);
  const { documents, problem } = parseYaml(file);
  if (problem) throw new ConfigError(`the baseline cannot be read: ${problem.reason}`, { file, span: problem.span }, ANEW);
  const root = documents[0]?.root;
  if (root?.kind !== 'mapping') throw new ConfigError('this is no baseline', startOf(file), ANEW);
  for (const { duplicates } of documents) for (const { key } of duplicates) complain(key, `"${key.text}" stands here twice`);
  const version = textOf(root, 'schemaVersion');
  if (version !== '1')
    throw new ConfigError(
      'this is no baseline that this version can read: "schemaVersion" is not 1',
      locationOf((childOf(root, 'schemaVersion') ?? root).origin),
      ANEW,
    );
  requireFields(root, ['schemaVersion', 'findings']);
  const findings = childOf(root, 'findings');
  if (findings?.kind !== 'mapping') complain(findings ?? root, '"findings" is a mapping of rules');
  const entries = entriesOf(root, 'findings').flatMap(({ key, value }) => {
    if (value.kind !== 'sequence') complain(value, `the findings of "${key.text}" are a list`);
    return itemsOf(findings, key.text).map((item) => entryOf(item, key.text));
  });
  return { file, entries };
}

function entryOf(item: Node, ruleId: string): Baseline['entries'][number] {
  if (item.kind !== 'mapping') complain(item, 'an entry is a mapping');
  requireFields(item, FIELDS);
  const fingerprint = textOf(item, 'fingerprint') ?? '';
  if (!/^[0-9a-f]{32}$/.test(fingerprint)) complain(childOf(item, 'fingerprint') ?? item, '"fingerprint" has 32 hexadecimal digits');
  const tier = textOf(item, 'tier');
  if (tier !== undefined && !Object.hasOwn(TIER_RANK, tier)) complain(childOf(item, 'tier') ?? item, `there is no tier "${tier}"`);
  const count = textOf(item, 'count') ?? '1';
  if (!/^[1-9]\d{0,5}$/.test(count)) complain(childOf(item, 'count') ?? item, '"count" is a whole number above zero');
  const [app, resource, path] = ['app', 'resource', 'path'].map((field) => textOf(item, field));
  return {
    ruleId,
    fingerprint,
    tier: tier as Tier | undefined,
    count: Number(count),
    app,
    resource,
    path,
    file: textOf(item, 'file') ?? '',
    origin: item.origin,
  };
}

function requireFields({ entries }: Mapping, known: readonly string[]): void {
  for (const { key } of entries) if (!known.includes(key.text)) complain(key, `"${key.text}" is nothing that a baseline has`);
}

const ANEW = 'Mend that line; or delete the file, and have it written anew: "gitops-lint baseline".';

function complain({ origin }: Node, message: string): never {
  throw new ConfigError(message, locationOf(origin), ANEW);
}

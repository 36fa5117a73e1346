import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { everything } from '../../fixtures/results/everything.ts';
import type { Finding, Fix } from '../../src/model/finding.ts';
import type { LintResult } from '../../src/model/lint-result.ts';
import { REPORTERS } from '../../src/report/index.ts';
import type { ReporterOptions } from '../../src/report/reporter.ts';
import { commandsIn } from '../support/commands.ts';
import { CODE_QUALITY, RDJSON, RDJSONL_LINE } from '../support/report-rules.ts';
import { parseXml, type XmlElement } from '../support/xml.ts';

const OPTIONS: ReporterOptions = { color: false, width: 100, verbose: false, quiet: false };

async function print(name: string, options: Partial<ReporterOptions> = {}, result: LintResult = everything): Promise<string> {
  const reporter = await REPORTERS.get(name)?.();
  if (!reporter) throw new Error(`no reporter ${name}`);
  return reporter(result, { ...OPTIONS, ...options });
}

/** The first finding so many times, by severity. */
function many(counts: Partial<Record<Finding['severity'], number>>): LintResult {
  const [first] = everything.findings;
  if (!first) throw new Error('the fixture has no finding');
  const severities = (['info', 'warning', 'error'] as const).flatMap((severity) => Array.from({ length: counts[severity] ?? 0 }, () => severity));
  return { ...everything, findings: severities.map((severity, at) => ({ ...first, severity, message: `"KEY_${at}" is not set`, fingerprint: `f${at}` })) };
}

const nothing: LintResult = { ...everything, findings: [], variants: [], environments: [] };

function refusals(schema: object, value: unknown): unknown {
  const validate = new Ajv({ allErrors: true, strict: false }).compile(schema);
  validate(value);
  return validate.errors;
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  gitlab: 'json',
  rdjson: 'json',
  jsonl: 'jsonl',
  rdjsonl: 'jsonl',
  junit: 'xml',
  checkstyle: 'xml',
  markdown: 'md',
};

const NAMES = ['compact', 'jsonl', 'github', 'gitlab', 'junit', 'checkstyle', 'azure', 'teamcity', 'rdjson', 'rdjsonl', 'markdown'];
/** They print what `stylish` does besides. */
const LOGS = ['github', 'azure', 'teamcity'];

describe.each(NAMES)('%s', (name) => {
  it('writes each kind of thing as it did', async () => {
    const text = await print(name);
    const own = LOGS.includes(name)
      ? commandsIn(text)
          .map((line) => `${line}\n`)
          .join('')
      : text;
    await expect(own).toMatchFileSnapshot(`../../fixtures/reports/${name}.${EXTENSIONS[name] ?? 'txt'}`);
  });

  it('is well-formed when there is nothing to tell', async () => {
    const text = await print(name, {}, nothing);
    if (EXTENSIONS[name] === 'json') JSON.parse(text);
    else if (EXTENSIONS[name] === 'xml') parseXml(text);
    else if (name === 'rdjsonl') expect(text).toBe('');
    else if (name !== 'jsonl') expect(text, 'never as if all were well').toMatch(/nothing was checked/);
  });
});

describe('what people and programs need of one format', () => {
  it.each(LOGS)('%s: is what people read, and commands', async (name) => {
    const text = await print(name);
    const commands = new Set(commandsIn(text));
    const lines = (all: string) => all.split('\n').filter(Boolean);
    expect(lines(text).filter((line) => !commands.has(line))).toEqual(lines(await print('stylish')));
  });

  it('jsonl: its lines are the parts of the JSON report', async () => {
    const lines = (await print('jsonl'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const parts = (type: string) => lines.filter((line) => line['type'] === type).map(({ type: _, ...rest }) => rest);
    expect({ ...parts('run')[0], findings: parts('finding'), variants: parts('variant'), ...parts('summary')[0] }).toEqual(JSON.parse(await print('json')));
    expect([lines[0]?.['type'], lines.at(-1)?.['type']], 'a reader sees whether it has got everything').toEqual(['run', 'summary']);
  });

  it('gitlab: every entry is taken, and no two have one fingerprint', async () => {
    const [first] = everything.findings;
    const twice = { ...everything, findings: [...everything.findings, ...(first ? [first] : [])] };
    for (const result of [everything, twice, nothing]) {
      const entries = JSON.parse(await print('gitlab', {}, result)) as { fingerprint: string }[];
      expect(refusals(CODE_QUALITY, entries)).toBeNull();
      expect(new Set(entries.map(({ fingerprint }) => fingerprint)).size).toBe(entries.length);
    }
  });

  it('rdjson: is taken, with columns in bytes', async () => {
    const report = JSON.parse(await print('rdjson')) as { diagnostics: { location: { range: object }; suggestions?: object[] }[] };
    expect(refusals(RDJSON, report)).toBeNull();
    for (const line of (await print('rdjsonl')).trimEnd().split('\n')) expect(refusals(RDJSONL_LINE, JSON.parse(line))).toBeNull();
    const later = Buffer.byteLength('spec: { replicas: 2, paused: ') + 1;
    expect(report.diagnostics[1]?.location.range).toEqual({
      start: { line: 2, column: later },
      end: { line: 2, column: later + Buffer.byteLength('"🟡 später"') },
    });
    expect(
      report.diagnostics.flatMap(({ suggestions = [] }) => suggestions),
      'the safe one alone',
    ).toHaveLength(1);
  });

  it('rdjson: suggests nothing that shows a secret, is half of a fix, or safe only once it is proved', async () => {
    const [finding] = everything.findings.filter(({ fix }) => fix?.safety === 'safe');
    const [edit] = finding?.fix?.edits ?? [];
    if (!finding || !edit) throw new Error('the fixture has no safe fix');
    const suggesting = (fix: Partial<Fix>, secrets = everything.secrets) =>
      print('rdjson', {}, { ...everything, findings: [{ ...finding, fix: { title: 'It', safety: 'safe', edits: [edit], ...fix } }], secrets });
    const telling = { edits: [{ ...edit, newText: ', paused: "🟡 später"' }] };
    const { file } = edit.location;
    const start = file.text.indexOf('🟡 später');
    expect(await suggesting(telling)).toContain('suggestions');
    expect(await suggesting(telling, new Map([[file.name, [{ start, end: start + '🟡 später'.length }]]]))).not.toContain('suggestions');
    expect(await suggesting({ edits: [edit, edit] })).not.toContain('suggestions');
    expect(await suggesting({ keepsRenders: true })).not.toContain('suggestions');
    expect(await suggesting({ safety: 'unsafe' })).not.toContain('suggestions');
  });

  it('junit: counts what it holds, and names each test once', async () => {
    const root = parseXml(await print('junit'));
    const cases = root.children.flatMap(({ children }) => children).filter(({ name }) => name === 'testcase');
    const withChild = (name: string) => cases.filter(({ children }) => children.some((child) => child.name === name)).length;
    const numbers = ({ attributes: { tests, failures, errors, skipped } }: XmlElement) => [tests, failures, errors, skipped].map(Number);
    expect(numbers(root)).toEqual([cases.length, withChild('failure'), withChild('error'), withChild('skipped')]);
    expect(root.children.map(numbers).reduce((a, b) => a.map((count, at) => count + (b[at] ?? 0)))).toEqual(numbers(root));
    expect(new Set(cases.map(({ attributes }) => `${attributes['classname']} ${attributes['name']}`)).size).toBe(cases.length);
  });

  it('junit: is red where the run fails', async () => {
    const failures = async (failOn: Finding['severity']) => Number(parseXml(await print('junit', { failOn })).attributes['failures']);
    expect([await failures('error'), await failures('warning'), await failures('info')]).toEqual([1, 3, 5]);
    expect(parseXml(await print('junit', {}, nothing)).attributes['errors'], 'nothing checked is not well').toBe('1');
  });

  it('checkstyle: has each file once, in order', async () => {
    const files = parseXml(await print('checkstyle')).children.map(({ attributes }) => attributes['name'] ?? '');
    expect(files).toEqual([...new Set(files)].sort());
    expect(files).toContain('apps/checkout/overlays/prod-us/größe.yaml');
  });

  it('teamcity: declares a kind of inspection before its first one, within ASCII', async () => {
    const lines = (await print('teamcity')).split('\n').filter((line) => line.startsWith('##teamcity['));
    const declared = new Set<string>();
    for (const line of lines) {
      expect(line).toMatch(/^[ -~]+$/);
      const [, id] = /\[inspectionType id='([^']+)'/.exec(line) ?? [];
      if (id) declared.add(id);
      const [, used] = /\[inspection typeId='([^']+)'/.exec(line) ?? [];
      if (used) expect(declared).toContain(used);
    }
  });

  it('leaves the place out where the file is not checked out, and names it', async () => {
    const elsewhere = everything.findings
      .filter(({ location }) => location.file.tree !== undefined)
      .map((finding) => ({ ...finding, severity: 'error' as const, related: [] }));
    const result = { ...everything, findings: elsewhere };
    expect(await print('github', {}, result)).toMatch(/^::error title=gitops-lint weaker-production::env\/prod-eu:apps\/ledger\/limits\.yaml:2:8: /m);
    expect(await print('azure', {}, result)).toMatch(/^##vso\[task\.logissue type=error;code=weaker-production;\]env\/prod-eu:apps/m);
    expect(await print('github', {}, result)).not.toMatch(/file=env/);
  });
});

describe('the annotations of a step', () => {
  const commands = (text: string) => text.split('\n').filter((line) => /^::(?:error|warning|notice) /.test(line));
  const kinds = (lines: readonly string[]) => ['error', 'warning', 'notice'].map((kind) => lines.filter((line) => line.startsWith(`::${kind} `)).length);

  it('are ten of each kind at most, the last of them telling how many more there are', async () => {
    const lines = commands(await print('github', {}, many({ error: 12, warning: 30, info: 11 })));
    expect(kinds(lines)).toEqual([10, 10, 10]);
    expect(lines.at(-1)).toBe('::notice title=gitops-lint::24 more findings: the log of this step lists them all');
  });

  it('are all there when they fit', async () => {
    const lines = commands(await print('github', {}, many({ error: 10, warning: 1, info: 10 })));
    expect(kinds(lines)).toEqual([10, 1, 10]);
  });

  it('come worst first, errors only when quiet', async () => {
    expect(commands(await print('github', {}, many({ error: 1, warning: 1, info: 1 }))).map((line) => line.slice(2, 7))).toEqual(['error', 'warni', 'notic']);
    expect(kinds(commands(await print('github', { quiet: true }, many({ error: 1, warning: 1, info: 1 }))))).toEqual([1, 0, 0]);
  });

  it('are no longer than is shown', async () => {
    const [first] = everything.findings;
    const long = first && { ...first, message: '%🟡'.repeat(5000) };
    const [line = ''] = commands(await print('github', {}, { ...everything, findings: long ? [long] : [] }));
    const message = line.slice(line.indexOf('::', 2) + 2).replaceAll('%25', '%');
    expect(message.length).toBeLessThanOrEqual(4096);
    expect(message).toMatch(/[%🟡]…$/u);
  });
});

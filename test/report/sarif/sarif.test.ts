import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everything } from '../../../fixtures/results/everything.ts';
import type { Finding } from '../../../src/model/finding.ts';
import type { LintResult } from '../../../src/model/lint-result.ts';
import { sarif } from '../../../src/report/sarif.ts';
import { SourceFile } from '../../../src/text/source-file.ts';
import { readSarif, type SarifLog } from '../../support/sarif-log.ts';

const OPTIONS = { color: false, width: 100, verbose: false, quiet: false };

const [first] = everything.findings;
if (!first) throw new Error('the fixture is empty');
/** One of each severity, and one that is suppressed. */
const usual: LintResult = {
  ...everything,
  findings: [...'0123'].flatMap((digit) => everything.findings.find(({ fingerprint }) => fingerprint.startsWith(digit)) ?? []),
};

/** What is printed of the usual result with something else in it; what consumers would refuse fails the test. */
function logOf(more: Partial<LintResult> = {}, verbose = false): SarifLog {
  const { log, mistakes } = readSarif(sarif({ ...usual, ...more }, { ...OPTIONS, verbose }));
  expect(mistakes).toEqual([]);
  return log;
}

const resultsOf = (more?: Partial<LintResult>, verbose?: boolean) => logOf(more, verbose).runs[0].results;
const textsOf = (more?: Partial<LintResult>) => resultsOf(more).map(({ message }) => message.text);
const notesOf = (more?: Partial<LintResult>) =>
  logOf(more).runs[0].invocations[0].toolExecutionNotifications.map(({ level, message }) => `${level}: ${message.text}`);

const like = (more: Partial<Finding>): Finding => ({ ...first, related: [], ...more });
const at = (file: SourceFile, text: string) => ({ file, span: { start: file.text.indexOf(text), end: file.text.indexOf(text) + text.length } });

describe('a log', () => {
  it('is what code scanning reads, with every rule that ran', () => {
    const [{ tool, results, automationDetails, invocations }] = logOf().runs;
    expect(tool.driver.rules.map(({ id }) => id)).toEqual(usual.rules.map(({ id }) => id));
    expect(results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ['missing-config-key', 'error'],
      ['duplicate-key', 'warning'],
      ['unanalysed-input', 'note'],
    ]);
    expect(automationDetails, 'the category of the upload is to count').toBeUndefined();
    expect(invocations[0].executionSuccessful).toBe(true);
  });

  it('of a folder has a category of its own', () => {
    expect(logOf({ folder: 'apps/checkout' }).runs[0].automationDetails).toEqual({ id: 'gitops-lint/apps/checkout/' });
  });

  it('says what was not checked, and what it took for granted', () => {
    expect(notesOf()).toEqual([
      'note: 1 finding is suppressed and left out.',
      'warning: Not checked: ledger@prod-eu was not rendered.',
      'warning: Not checked: remote base "https://example.com/ledger//deploy?ref=v1" is not fetched.',
      'note: Left out: qa: declared, but nothing is deployed to it.',
      'note: Assumed: "dev" is taken for an environment: folder "dev", by its name.',
      'note: Something that people should know.',
    ]);
  });

  it('is no success when nothing was checked', () => {
    const [{ invocations }] = logOf({ variants: [], findings: [] }).runs;
    expect(invocations[0]).toMatchObject({ executionSuccessful: false, toolExecutionNotifications: [{ level: 'error' }, {}, {}, {}, {}] });
  });

  it('counts gaps beyond measure', () => {
    const [gap] = usual.coverage.gaps;
    const notes = notesOf({ coverage: { ...usual.coverage, gaps: Array(502).fill(gap) } });
    expect(notes.filter((note) => note.includes('remote base'))).toHaveLength(500);
    expect(notes).toContain('warning: Not checked: 2 more that could not be looked into.');
  });
});

describe('a result', () => {
  it('stands where the missing thing exists, and links the environment that lacks it', () => {
    const [result] = resultsOf();
    expect(result?.message.text).toBe('"PAYMENT_TIMEOUT_MS" is not set in [prod-eu](1), prod-us; compared with dev.');
    expect(result?.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'apps/checkout/overlays/dev/config.env', uriBaseId: '%SRCROOT%' },
      region: { startLine: 2, startColumn: 1, endLine: 2, endColumn: 19 },
    });
    expect(result?.relatedLocations).toMatchObject([
      { id: 1, physicalLocation: { artifactLocation: { uri: 'apps/checkout/overlays/prod-eu/kustomization.yaml' } } },
    ]);
    expect(result?.partialFingerprints).toEqual({ primaryLocationLineHash: 'f43e4e54f53b6178:1', 'gitopsLint/v1': '0123456789abcdef0123456789abcdef' });
  });

  it('names each place once, links five and tells the number of the rest', () => {
    const file = new SourceFile('values.yaml', 'a: 1\n'.repeat(200));
    const related = [...Array(150).keys()].map((line) => ({ location: { file, span: { start: line * 5, end: line * 5 + 1 } }, message: 'this too' }));
    const [result] = resultsOf({ findings: [like({ related: [...related.slice(0, 3), ...related], variants: [], comparedWith: [] })] });
    expect(result?.relatedLocations).toHaveLength(100);
    expect(result?.message.text).toMatch(/\. See (?:\[this too\]\(\d\), ){4}\[this too\]\(5\) and 95 more\.$/);
  });

  it.each([
    ['a](1) b', 'a] (1) b'],
    ['a [b', 'a (b'],
    ['[[a] [b [c', '[[a] (b (c'],
    ['env[0].value', 'env[0].value'],
  ])('makes no link of what people wrote: %j', (message, printed) => {
    const [text] = textsOf({ findings: [like({ message, related: first.related })] });
    expect(text).toBe(`${printed} in [prod-eu](1), prod-us; compared with dev.`);
  });

  it('has links of its own alone, whatever people wrote', () => {
    const pieces = ['[', ']', '(', ')', '\\', '](1)', '[x](2)', ' ', '\n', 'prod', '{0}', '🙂'];
    const written = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 6 }).map((some) => some.join(''));
    fc.assert(
      fc.property(written, written, written, written, (message, related, name, reason) => {
        const environment = { name, tier: 'prod' as const, promotesFrom: [], labels: {} };
        const variants = everything.variants.map((variant) => (variant.environment?.name === 'prod-eu' ? { ...variant, environment } : variant));
        const places = first.related.flatMap((place) => [
          { ...place, message: related },
          { ...place, message: `the key belongs here for ${name}` },
        ]);
        const findings = [like({ message, related: places }), like({ message, suppressed: { by: 'config', reason } })];
        const [text = ''] = resultsOf({ variants, findings }, true).map((one) => one.message.text);
        expect(text.match(/\]\(/g)?.length).toBe(2);
      }),
    );
  });

  it('does not take a part of a word for the name of an environment', () => {
    const related = first.related.map((place) => ({ ...place, message: 'the [key] belongs to my-prod-eu\\' }));
    expect(textsOf({ findings: [like({ related })] })).toEqual([
      '"PAYMENT_TIMEOUT_MS" is not set in prod-eu, prod-us; compared with dev. See [the  key  belongs to my-prod-eu](1).',
    ]);
  });

  it('cuts what nobody reads', () => {
    const [text = ''] = textsOf({ findings: [like({ message: '🙂'.repeat(5000) })] });
    expect(text.length).toBeLessThan(1100);
    expect(text).not.toMatch(/\p{Surrogate}/u);
  });

  it.each([
    ['within a line', 'b: 2', { startLine: 2, startColumn: 1, endLine: 2, endColumn: 5 }],
    ['over several lines', 'b: 2\r\nc', { startLine: 2, startColumn: 1, endLine: 2, endColumn: 5 }],
    ['without extent', '', { startLine: 1, startColumn: 1, endLine: 1, endColumn: 8 }],
    ['at a line break', '\r\nb', { startLine: 1, startColumn: 8, endLine: 1, endColumn: 8 }],
  ])('%s has a region of one line', (_, text, region) => {
    const file = new SourceFile('a b/ä#[1]?%\ud800.yaml', 'a: "🙂"\r\nb: 2\r\nc: 3\r\n');
    const [result] = resultsOf({ findings: [like({ location: at(file, text) })] });
    expect(result?.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'a%20b/%C3%A4%23%5B1%5D%3F%25%EF%BF%BD.yaml', uriBaseId: '%SRCROOT%' },
      region,
    });
  });

  it('that shares a fingerprint with another one is told apart', () => {
    const fingerprints = resultsOf({ findings: [like({}), like({ message: 'another' })] }).map((one) => one.partialFingerprints['gitopsLint/v1']);
    expect(fingerprints).toEqual([first.fingerprint, `${first.fingerprint}:2`]);
  });
});

describe('a finding in another tree', () => {
  const branch = new SourceFile('config.env', 'PAYMENT_URL=a\n', 'utf-8', 'env/dev');
  const own = new SourceFile('prod/config.env', 'LOG_LEVEL=info\n');
  const config = new SourceFile('.gitopsrc', 'branches: env/{env}\n');
  const finding = like({ location: at(branch, 'PAYMENT_URL') });
  const uriOf = (more: Partial<LintResult>) => resultsOf(more)[0]?.locations[0].physicalLocation.artifactLocation.uri;

  it('stands at a place of this one that has to do with it', () => {
    const findings = [{ ...finding, related: [{ location: at(own, 'LOG_LEVEL'), message: 'the key belongs here' }] }];
    expect(uriOf({ findings })).toBe('prod/config.env');
    expect(textsOf({ findings })).toEqual(['"PAYMENT_TIMEOUT_MS" is not set in prod-eu, prod-us; compared with dev. It stands at env/dev:config.env:1:1.']);
    expect(resultsOf({ findings })[0]?.relatedLocations).toBeUndefined();
  });

  it('stands at the line that names the other one, and is counted where there is none', () => {
    const findings = [finding];
    expect(uriOf({ findings, placesOfTrees: new Map([['env/dev', at(config, 'branches')]]) })).toBe('.gitopsrc');
    expect(resultsOf({ findings })).toEqual([]);
    expect(notesOf({ findings })).toContain('warning: 1 finding is left out: no file of this repository has a part in it.');
  });

  it('has its related places in words', () => {
    const related = [{ location: at(branch, 'PAYMENT_URL'), message: 'defined here for dev' }];
    const [result] = resultsOf({ findings: [like({ related })] });
    expect(result?.relatedLocations).toBeUndefined();
    expect(result?.message.text).toMatch(/ See defined here for dev \(env\/dev:config\.env:1:1\)\.$/);
  });
});

describe('suppressions', () => {
  const suppressed: Finding[] = [
    like({ suppressed: { by: 'comment', reason: 'a demo' } }),
    like({ suppressed: { by: 'config', reason: 'hotfix' } }),
    like({ suppressed: { by: 'baseline', reason: 'accepted' } }),
  ];

  it('are left out, as they would open alerts', () => {
    expect(resultsOf({ findings: [like({}), ...suppressed] })).toHaveLength(1);
    expect(resultsOf()[0]).not.toHaveProperty('suppressions');
  });

  it('stand on all results when asked for, with what the baseline had', () => {
    const results = resultsOf({ findings: [like({}), ...suppressed] }, true);
    expect(results.map((one) => [one.suppressions?.[0]?.kind, one.suppressions?.[0]?.justification, one.baselineState])).toEqual([
      [undefined, undefined, 'new'],
      ['inSource', 'a demo', 'new'],
      ['external', 'hotfix', 'new'],
      ['external', 'accepted', 'unchanged'],
    ]);
    expect(resultsOf({ findings: [like({})] }, true)[0]).not.toHaveProperty('suppressions');
  });
});

describe('a fix', () => {
  const file = new SourceFile('apps/values.yaml', 'a: 1\nb: 2\nc: hunter2\n');
  const fixed = (newText: string, more: object = {}): Finding =>
    like({ location: at(file, 'b: 2'), fix: { title: 'Remove it', safety: 'safe', edits: [{ location: at(file, 'b: 2\n'), newText }], ...more } });
  const fixesOf = (finding: Finding, secrets: LintResult['secrets'] = new Map()) => resultsOf({ findings: [finding], secrets })[0]?.fixes;

  it('is offered where it is safe', () => {
    expect(fixesOf(fixed(''))).toEqual([
      {
        description: { text: 'Remove it' },
        artifactChanges: [
          {
            artifactLocation: { uri: 'apps/values.yaml', uriBaseId: '%SRCROOT%' },
            replacements: [{ deletedRegion: { startLine: 2, startColumn: 1, endLine: 3, endColumn: 1 } }],
          },
        ],
      },
    ]);
    expect(fixesOf(fixed('b: 3\n'))?.[0]?.artifactChanges[0]?.replacements[0]?.insertedContent).toEqual({ text: 'b: 3\n' });
  });

  it('is not offered where it is not safe, is to be proved first, changes nothing, lies in another tree or repeats a secret', () => {
    const other = new SourceFile('values.yaml', 'b: 2\n', 'utf-8', '../prod');
    const secrets = new Map([['apps/values.yaml', [at(file, 'hunter2').span]]]);
    expect(fixesOf(fixed('', { safety: 'unsafe' }))).toBeUndefined();
    expect(fixesOf(fixed('', { keepsRenders: true }))).toBeUndefined();
    expect(fixesOf(fixed('', { edits: [] }))).toBeUndefined();
    expect(fixesOf(fixed('', { edits: [{ location: at(other, 'b'), newText: 'c' }] }))).toBeUndefined();
    expect(fixesOf(fixed('b: 3\n'), secrets)).toBeDefined();
    expect(fixesOf(fixed('b: hunter2\n'), secrets)).toBeUndefined();
  });
});

describe('limits', () => {
  const file = new SourceFile('values.yaml', 'a: 1\n'.repeat(6000));
  const many = [...Array(6000).keys()].map((line) =>
    like({
      location: { file, span: { start: line * 5, end: line * 5 + 1 } },
      severity: line === 5999 ? 'error' : 'info',
      fingerprint: line.toString(16).padStart(32, '0'),
    }),
  );

  it('keep the gravest, in an order that does not hang on that of the findings', () => {
    const results = resultsOf({ findings: many });
    expect(results).toHaveLength(5000);
    expect(results.slice(0, 3).map(({ level, locations }) => [level, locations[0].physicalLocation.region.startLine])).toEqual([
      ['error', 6000],
      ['note', 1],
      ['note', 2],
    ]);
    expect(notesOf({ findings: many })).toContain('warning: 1000 findings are left out: an upload holds no more, the gravest come first.');
    expect(resultsOf({ findings: [...many].reverse() })).toEqual(results);
  });

  it('keep the file small, however much there is to say', () => {
    const findings = many.map((finding, at) => ({ ...finding, message: `${at} ${'ä'.repeat(2000)}` }));
    const printed = sarif({ ...usual, findings }, OPTIONS);
    const { log } = readSarif(printed);
    expect(Buffer.byteLength(JSON.stringify(log))).toBeLessThan(10_000_000);
    expect(log.runs[0].results.length).toBeGreaterThan(3000);
  });
});

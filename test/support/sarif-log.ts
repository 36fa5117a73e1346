import { Ajv } from 'ajv';
import type { Result } from '../../src/report/sarif/log.ts';

/** A log as it is read back. */
export interface SarifLog {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly SarifRule[] } & Readonly<Record<string, unknown>> };
      readonly automationDetails?: { readonly id: string };
      readonly invocations: readonly [
        {
          readonly executionSuccessful: boolean;
          readonly toolExecutionNotifications: readonly { readonly level: string; readonly message: { readonly text: string } }[];
        },
      ];
      readonly results: readonly Result[];
    },
  ];
}

export interface SarifRule {
  readonly id: string;
  readonly help: { readonly text: string; readonly markdown?: string };
  readonly helpUri?: string;
  readonly properties: { readonly tags: readonly string[] } & Readonly<Record<string, unknown>>;
}

const closed = (properties: object, required: readonly string[]) => ({ type: 'object', additionalProperties: false, required, properties });
const list = (items: object, more: object = {}) => ({ type: 'array', items, ...more });
const distinct = { uniqueItems: true };
const one = { minItems: 1, maxItems: 1 };
const words = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength });
/** Longer texts are refused by some who read them. */
const text = closed({ text: words(1024) }, ['text']);
const long = closed({ text: words(3000) }, ['text']);
const count = { type: 'integer', minimum: 1 };
const level = { enum: ['note', 'warning', 'error'] };
const artifact = closed({ uri: { type: 'string', pattern: "^(?!/)(?!.*//)([\\w.~!'()*/-]|%[0-9A-F]{2})+$" }, uriBaseId: { const: '%SRCROOT%' } }, [
  'uri',
  'uriBaseId',
]);
const region = closed({ startLine: count, startColumn: count, endLine: count, endColumn: count }, ['startLine', 'startColumn', 'endLine', 'endColumn']);
const physicalLocation = closed({ artifactLocation: artifact, region }, ['artifactLocation', 'region']);
const logicalLocations = list(closed({ fullyQualifiedName: words(1024), kind: { enum: ['resource', 'member'] } }, ['fullyQualifiedName', 'kind']), distinct);
const replacement = closed({ deletedRegion: region, insertedContent: closed({ text: { type: 'string' } }, ['text']) }, ['deletedRegion']);
const change = closed({ artifactLocation: artifact, replacements: list(replacement, { minItems: 1 }) }, ['artifactLocation', 'replacements']);
const suppression = closed({ kind: { enum: ['inSource', 'external'] }, status: { const: 'accepted' }, justification: words(1024) }, [
  'kind',
  'status',
  'justification',
]);

const rule = closed(
  {
    id: words(255),
    name: { type: 'string', pattern: '^[A-Z]\\w{0,254}$' },
    shortDescription: text,
    fullDescription: text,
    help: closed({ text: words(1024), markdown: words(20_000) }, ['text']),
    helpUri: { type: 'string', pattern: '^https://' },
    defaultConfiguration: closed({ level }, ['level']),
    properties: closed(
      {
        tags: list(words(255), { ...distinct, maxItems: 10 }),
        precision: { enum: ['very-high', 'high', 'medium', 'low'] },
        'problem.severity': { enum: ['error', 'warning', 'recommendation'] },
        'security-severity': { type: 'string', pattern: '^(10\\.0|\\d\\.\\d)$', not: { const: '0.0' } },
      },
      ['tags', 'precision', 'problem.severity'],
    ),
  },
  ['id', 'name', 'shortDescription', 'fullDescription', 'help', 'defaultConfiguration', 'properties'],
);

const result = closed(
  {
    ruleId: words(255),
    ruleIndex: { type: 'integer', minimum: 0 },
    kind: { const: 'fail' },
    level,
    message: long,
    locations: list(closed({ physicalLocation, logicalLocations }, ['physicalLocation']), one),
    relatedLocations: list(closed({ id: count, message: text, physicalLocation }, ['id', 'message', 'physicalLocation']), { ...distinct, maxItems: 100 }),
    partialFingerprints: {
      ...closed(
        {
          primaryLocationLineHash: { type: 'string', pattern: '^[0-9a-f]{1,16}:[1-9]\\d*$' },
          'gitopsLint/v1': { type: 'string', pattern: '^[0-9a-f]{32}(:[1-9]\\d*)?$' },
        },
        ['primaryLocationLineHash', 'gitopsLint/v1'],
      ),
    },
    fixes: list(closed({ description: text, artifactChanges: list(change, { ...distinct, minItems: 1 }) }, ['description', 'artifactChanges']), distinct),
    suppressions: list(suppression, distinct),
    baselineState: { enum: ['new', 'unchanged'] },
    properties: { type: 'object' },
  },
  ['ruleId', 'ruleIndex', 'kind', 'level', 'message', 'locations', 'partialFingerprints', 'properties'],
);

const notification = closed({ level, message: text, locations: list(closed({ physicalLocation }, ['physicalLocation']), one) }, ['level', 'message']);
const driver = closed(
  {
    name: { const: 'gitops-lint' },
    semanticVersion: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+' },
    informationUri: { type: 'string', pattern: '^https://' },
    rules: list(rule, distinct),
  },
  ['name', 'semanticVersion', 'rules'],
);
const run = closed(
  {
    tool: closed({ driver }, ['driver']),
    automationDetails: closed({ id: { type: 'string', pattern: '^gitops-lint/.+/$' } }, ['id']),
    originalUriBaseIds: closed({ '%SRCROOT%': closed({ description: text }, ['description']) }, ['%SRCROOT%']),
    columnKind: { const: 'utf16CodeUnits' },
    invocations: list(
      closed({ executionSuccessful: { type: 'boolean' }, toolExecutionNotifications: list(notification) }, [
        'executionSuccessful',
        'toolExecutionNotifications',
      ]),
      one,
    ),
    results: list(result, { maxItems: 5000 }),
  },
  ['tool', 'originalUriBaseIds', 'columnKind', 'invocations', 'results'],
);

/**
 * The part of SARIF 2.1.0 that is written here, closed: each object allows what the standard allows there and this tool writes, with the
 * limits of code scanning besides.
 */
const validate = new Ajv({ allErrors: true }).compile(
  closed({ $schema: { const: 'https://json.schemastore.org/sarif-2.1.0.json' }, version: { const: '2.1.0' }, runs: list(run, one) }, [
    '$schema',
    'version',
    'runs',
  ]),
);

/** Reads a log, and names what of it consumers would refuse or misread. */
export function readSarif(printed: string): { readonly log: SarifLog; readonly mistakes: readonly string[] } {
  const log = JSON.parse(printed) as SarifLog;
  validate(log);
  const mistakes = (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  return { log, mistakes: [...mistakes, ...log.runs[0].results.flatMap((one) => mistakesOf(one, log))] };
}

function mistakesOf({ ruleId, ruleIndex, message, relatedLocations = [], locations, suppressions }: Result, { runs: [{ tool, results }] }: SarifLog): string[] {
  const ids = relatedLocations.map(({ id }) => id);
  const regions = [...locations, ...relatedLocations].map(({ physicalLocation }) => physicalLocation.region);
  // As viewers look for links.
  const links = [...message.text.matchAll(/\[([^\]]*)\]\(([^)]+)\)/g)];
  const checks: readonly (readonly [boolean, string])[] = [
    [tool.driver.rules[ruleIndex]?.id === ruleId, `${ruleIndex} is not the index of "${ruleId}"`],
    [new Set(ids).size === ids.length, 'two related places share an id'],
    [regions.every((region) => region.endLine === region.startLine && region.endColumn >= region.startColumn), 'a region is not within a line'],
    [links.every(([, words = '', id]) => ids.includes(Number(id)) && !words.includes('[')), `a link of "${message.text}" leads nowhere`],
    [results.every((other) => (other.suppressions === undefined) === (suppressions === undefined)), 'suppressions stand on some results only'],
  ];
  return checks.flatMap(([isFine, what]) => (isFine ? [] : [what]));
}

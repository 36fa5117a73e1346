import type { Finding } from '../model/finding.ts';
import { type Subject, subjectAt, subjectInSettings } from '../model/places.ts';
import type { Repository } from '../model/repository.ts';
import { Field, formatResourceId, originOf } from '../model/resource.ts';
import type { App, Variant } from '../model/variant.ts';
import type { Report, Rule, RuleContext, Visitors } from '../rule/rule.ts';
import { itemKeyOf } from '../tree/difference.ts';
import { type FieldPath, formatFieldPath, nodeAt } from '../tree/field-path.ts';
import { locationOf, type Node } from '../tree/node.ts';

/** A finding before its severity is known: that depends on all the variants that share it. */
export interface RawFinding extends Omit<Finding, 'severity' | 'fingerprint' | 'variants' | 'comparedWith' | 'app'> {
  readonly variants: readonly Variant[];
  readonly comparedWith: readonly Variant[];
  readonly atMost?: Finding['severity'] | undefined;
  /** The version that it is about, where it is about one. */
  readonly version?: string | undefined;
  /** Of a rule that gathers, the objects whose findings it speaks for. */
  readonly speaksFor?: ReadonlySet<string> | undefined;
  readonly evenStrict?: true | undefined;
  /** What it is about, as the contract of differences names it: nothing, one thing or several. */
  readonly subjects: readonly Omit<Subject, 'app'>[];
}

/** A rule that threw: a bug, and which one. */
export class RuleError extends Error {
  constructor(rule: Rule, subject: string, cause: unknown) {
    super(`rule "${rule.id}" failed on ${subject}`, { cause });
    this.name = 'RuleError';
  }
}

/** Runs each rule over the repository. Throws a `RuleError` when one of them throws. */
export function runRules(rules: readonly Rule[], repository: Repository, given: (rule: Rule) => Given): RawFinding[] {
  return rules.flatMap((rule) => runRule(rule, repository, given(rule)));
}

/** What a rule gets of the configuration. */
export type Given = Pick<RuleContext, 'options' | 'isExternal' | 'expired' | 'needless' | 'contract'>;

function runRule(rule: Rule, repository: Repository, given: Given): RawFinding[] {
  const findings: RawFinding[] = [];
  let visited: readonly Variant[] = [];
  const report = (report: Report) => findings.push(rawFinding(rule, report, visited));
  const visit = (subject: string, variants: readonly Variant[], call: () => void) => {
    visited = variants;
    try {
      call();
    } catch (error) {
      throw new RuleError(rule, subject, error);
    }
  };
  let visitors: Visitors = {};
  visit('its start', [], () => {
    visitors = rule.create({ ...given, repository, report });
  });
  const { file: ofFile, resource: ofResource, variant: ofVariant, app: ofApp, repository: ofRepository } = visitors;
  if (ofFile) for (const file of repository.files) visit(file.yaml.file.path, file.variants, () => ofFile(file));
  for (const variant of ofVariant || ofResource ? repository.variants : []) {
    if (ofVariant) visit(variant.id, [variant], () => ofVariant(variant));
    if (!ofResource) continue;
    for (const resource of variant.resources) visit(`${formatResourceId(resource.id)} of ${variant.id}`, [variant], () => ofResource(resource, variant));
  }
  if (ofApp) for (const app of repository.apps) visit(app.name, [], () => ofApp(app));
  if (ofRepository) visit('the repository', [], () => ofRepository(repository));
  return findings;
}

function rawFinding(rule: Rule, report: Report, visited: readonly Variant[]): RawFinding {
  const { messageId, data, at, related = [], variants = visited, comparedWith = [], inside, atMost, evenStrict, version, speaksFor, fix } = report;
  const origin = originOf(at);
  const fields = [report.about ?? (at instanceof Field ? at : [])].flat();
  const [about] = fields;
  const others = [...comparedWith, ...variants];
  return {
    ruleId: rule.id,
    messageId,
    message: capitalized(interpolate(rule.meta.messages[messageId] ?? messageId, data)),
    location: locationOf(origin),
    precision: origin.precision,
    related: related.map(({ at, message }) => ({ location: locationOf(originOf(at)), message })),
    variants,
    comparedWith,
    resource: about && formatResourceId(about.resource.originalId),
    path: pathOf(about, inside),
    atMost,
    evenStrict,
    version,
    speaksFor,
    fix,
    subjects: inside && !about ? [subjectInSettings(origin.file, others, inside)] : fields.map((field) => subjectAt(field, others[0], inside)),
  };
}

function pathOf(about: Field | undefined, inside: readonly string[] = []): string | undefined {
  const outer = about && stablePath(about.resource.node, about.path);
  return inside.reduce<string | undefined>((path = '', key) => {
    const step = key.startsWith('[') ? key : formatFieldPath([key]);
    return path && !step.startsWith('[') ? `${path}.${step}` : path + step;
  }, outer);
}

/** A path that survives a new item at the top of a list: items go by what identifies them. */
function stablePath(root: Node, path: FieldPath): string {
  let text = '';
  for (const [at, step] of path.entries()) {
    const node = typeof step === 'number' ? nodeAt(root, path.slice(0, at + 1)) : undefined;
    const key = node && node.kind === 'mapping' ? itemKeyOf(node) : undefined;
    const formatted = key === undefined ? formatFieldPath([step]) : `[${key}]`;
    text += text && !formatted.startsWith('[') ? `.${formatted}` : formatted;
  }
  return text;
}

function interpolate(text: string, data: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => data[name] ?? '');
}

/** A message begins with a capital letter, whoever worded it. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The app that all of these variants belong to, if there is one. */
export function appOf(variants: readonly Variant[]): App | undefined {
  const [first] = variants;
  return first && variants.every(({ app }) => app === first.app) ? first.app : undefined;
}

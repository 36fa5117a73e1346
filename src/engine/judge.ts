import { type Settings, severityOf } from '../config/settings.ts';
import type { Environment } from '../model/environment.ts';
import { SEVERITIES, type Severity } from '../model/finding.ts';
import type { Repository } from '../model/repository.ts';
import type { App, Variant } from '../model/variant.ts';
import type { NeedlessMark, Rule } from '../rule/rule.ts';
import { suppressByAnnotation } from './annotations.ts';
import { contractOf, toldOnce, withoutDeclared } from './contract.ts';
import { exceptFindings, expiredExceptions } from './exceptions.ts';
import type { Uses } from './marks.ts';
import { dropSpokenFor, mergeFindings } from './merge.ts';
import { type RawFinding, runRules } from './run-rules.ts';

/** By what a repository is judged. */
export interface Judging {
  readonly settings: Settings;
  readonly rules: readonly Rule[];
  readonly now?: string | undefined;
  /** Told of each exception and annotation that keeps something quiet. */
  readonly uses?: Uses | undefined;
  /** The marks that keep nothing quiet, once that is known. */
  readonly needless?: readonly NeedlessMark[] | undefined;
}

/** Runs all rules over a repository, and makes of what they report one finding for each mistake, with its severity. */
export function judge(repository: Repository, { settings, rules, now, uses, needless = [] }: Judging): GradedFinding[] {
  const expired = expiredExceptions(settings.exceptions, now);
  const contract = contractOf(settings);
  const raw = runRules(rules, repository, (rule) => ({
    options: optionsOf(rule, settings),
    isExternal: (thing, { environment, root }) => settings.isExternal(thing, environment.name, root),
    expired,
    needless,
    contract,
  }));
  const graded = grade(mergeFindings(withoutDeclared(raw, rules, contract)), rules, settings);
  // Of what is left of a finding, the highest tier may be a lower one.
  const excepted = exceptFindings(toldOnce(dropSpokenFor(graded), rules), settings.exceptions, now, uses);
  return grade(suppressByAnnotation(excepted, uses), rules, settings);
}

function optionsOf(rule: Rule, settings: Settings): object {
  const setting = settings.rules[rule.id];
  return { ...rule.meta.options?.defaults, ...(typeof setting === 'object' ? setting.options : undefined) };
}

/** A finding with the severity that it has for the variants that share it. */
export interface GradedFinding extends RawFinding {
  readonly severity: Severity;
}

const byGravity = (a: Severity, b: Severity) => SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b);

/**
 * Gives each finding its severity: the highest among its variants. A variant for which the rule is off is not accused
 * with the others, and a finding is gone with the last of them.
 */
export function grade(raw: readonly RawFinding[], rules: readonly Rule[], settings: Settings): GradedFinding[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return raw.flatMap((finding) => {
    const rule = byId.get(finding.ruleId);
    if (!rule) return [];
    const { atMost, evenStrict, location } = finding;
    const severityFor = (environments: readonly Environment[], app?: App) =>
      severityOf(rule, { environments, app: app?.name, path: location.file.path, atMost, evenStrict }, settings);
    if (finding.variants.length === 0) {
      const severity = severityFor([]);
      return severity === 'off' ? [] : [{ ...finding, severity }];
    }
    const severities = new Map<Variant, Severity>();
    for (const variant of finding.variants) {
      const severity = severityFor([variant.environment], variant.app);
      if (severity !== 'off') severities.set(variant, severity);
    }
    const [severity] = [...severities.values()].sort(byGravity);
    return severity ? [{ ...finding, severity, variants: [...severities.keys()] }] : [];
  });
}

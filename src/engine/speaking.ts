import { type Settings, severityOf } from '../config/settings.ts';
import type { KnownFinding } from '../model/baseline.ts';
import type { Repository } from '../model/repository.ts';
import type { Variant } from '../model/variant.ts';
import type { Rule } from '../rule/rule.ts';
import { nameIn } from '../text/source-file.ts';
import type { Scope } from './scope.ts';

/** What a run looked at, and by which rules. */
export interface Hearing {
  readonly repository: Repository;
  readonly rules: readonly Rule[];
  readonly settings: Settings;
}

/** Whether a run tells all that there is: only then something can be called needless. */
export function isWhole(scope: Scope | undefined, settings: Settings, since: object | undefined): boolean {
  const { rules, isApp, isEnvironment, changed } = scope ?? {};
  return !rules && !isApp && !isEnvironment && !changed && !since && settings.above === undefined;
}

/** Whether a rule ran that could find something at a path, in one of these variants; without any, in the file itself. */
export function speaksOf(
  ruleId: string,
  { variants, path }: { variants: readonly Variant[]; path: string },
  { repository, rules, settings }: Hearing,
): boolean {
  const rule = rules.find(({ id }) => id === ruleId);
  if (!rule || (rule.meta.readsChange && !repository.since) || (rule.meta.readsHistory && !repository.everHeld)) return false;
  const isOn = (variant?: Variant) =>
    severityOf(rule, { environments: variant ? [variant.environment] : [], app: variant?.app.name, path }, settings) !== 'off';
  return variants.length > 0 ? variants.some(isOn) : isOn();
}

/** Whether an entry of a baseline that matches nothing is one too many: its rule is no more, or ran, and what it is about was rendered. */
export function isGone({ ruleId, app, file }: KnownFinding, hearing: Hearing): boolean {
  const { repository, rules } = hearing;
  const variants = repository.variants.filter((variant) =>
    app === undefined ? [...variant.inputs].some((path) => nameIn(variant.tree, path) === file) : variant.app.name === app,
  );
  if (variants.some(({ status }) => status === 'failed')) return false;
  return rules.every(({ id }) => id !== ruleId) || speaksOf(ruleId, { variants: variants.length > 0 ? variants : repository.variants, path: file }, hearing);
}

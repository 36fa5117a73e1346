import picomatch from 'picomatch';
import type { DeclaredException } from '../model/declaration.ts';
import { formatResourceId } from '../model/resource.ts';
import type { Variant } from '../model/variant.ts';
import type { NeedlessMark } from '../rule/rule.ts';
import { groupBy } from '../text/group-by.ts';
import { isWithin, joined } from '../text/path.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { annotationMarks } from './annotations.ts';
import { directivesIn } from './directives.ts';
import { isOver } from './exceptions.ts';
import type { Mark, Uses } from './marks.ts';
import { type Hearing, speaksOf } from './speaking.ts';

/** All that there is to know before a mark can be called needless. */
export interface MarkHearing extends Hearing {
  readonly workspace: Workspace;
  readonly pendingRules: readonly string[];
  readonly now: string | undefined;
  /** Whether all was looked at: in a part of a run, what a mark keeps quiet may lie in the other. */
  readonly isWhole: boolean;
}

/** Texts in which a comment of ours is an example, or nothing at all. */
const NO_SETTINGS = /\.(?:md|txt|tpl|[a-z]*sh|py|[mc]?[jt]s|lua|sql)$/;

/**
 * The comments, annotations and exceptions that keep nothing quiet. Those that cannot be read, or give no reason, are told in any run. Others
 * are judged where all that may need them was rendered whole, and the rule was on; and not where environments live in branches or
 * repositories of their own, as what one of them needs is copied to the others.
 */
export async function needlessMarks(uses: Uses, hearing: MarkHearing): Promise<NeedlessMark[]> {
  const { repository, settings } = hearing;
  const isJudging = hearing.isWhole && settings.declaration.repositories.length === 0 && !settings.declaration.branches;
  const all = [...(await commentsIn(hearing)), ...annotationsIn(hearing), ...(isJudging ? exceptionsOf(hearing) : [])];
  // Rules that look at all apps side by side may be told nothing by one that cannot be rendered.
  const isShaken = repository.variants.some(({ status }) => status === 'failed');
  return all.flatMap(({ mark, variants, pathFor }): NeedlessMark[] => {
    const { origin, kind } = mark;
    const fault = faultOf(mark, hearing);
    if (fault) return [{ origin, rules: mark.rules, ...fault }];
    if (!isJudging || variants.length === 0 || !variants.every(isWholeApp)) return [];
    const isHeard = (ruleId: string) => {
      const category = hearing.rules.find(({ id }) => id === ruleId)?.meta.category ?? '';
      if (ruleId === 'unused-suppression' || (isShaken && WIDE.has(category))) return false;
      if (category === 'deployers' && repository.deployerGaps.length > 0) return false;
      return variants.some((variant) => speaksOf(ruleId, { variants: [variant], path: pathFor(variant) }, hearing));
    };
    const rules = mark.rules.filter((id) => !uses.has(mark, id) && isHeard(id));
    // Of a marker that speaks for several rules, one that needs it is enough.
    if (rules.length === 0 || (kind === 'pending' && rules.length < mark.rules.length)) return [];
    return [{ why: 'unused', rules, origin }];
  });
}

/** A mark, the variants that may need it, and the path at which a rule would speak of each of them. */
interface Placed {
  readonly mark: Mark;
  readonly variants: readonly Variant[];
  pathFor(variant: Variant): string;
}

const WIDE = new Set(['deployers', 'separation', 'promotion', 'images', 'kustomize']);

function faultOf({ kind, rules, reason }: Mark, { rules: known }: Hearing): Pick<NeedlessMark, 'why'> | Pick<NeedlessMark, 'why' | 'rules'> | undefined {
  if (kind === 'exception') return undefined;
  if (kind === 'pending') return reason === undefined ? { why: 'ownerless' } : undefined;
  if (rules.length === 0) return { why: 'unreadable' };
  const unknown = rules.filter((rule) => known.every(({ id }) => id !== rule));
  if (unknown.length > 0) return { why: 'unknown', rules: unknown };
  return reason === undefined ? { why: 'reasonless' } : undefined;
}

/** Whether nothing of an app is hidden: a finding about one variant may come of a look at another. */
function isWholeApp({ app }: Variant): boolean {
  return app.variants.every(({ complete, renderer, status, gaps }) => complete || (renderer === 'files' && status === 'rendered' && gaps.length === 0));
}

async function commentsIn({ repository, workspace, pendingRules }: MarkHearing): Promise<Placed[]> {
  const own = repository.variants.filter(({ tree }) => tree === undefined);
  const readers = new Map<string, Variant[]>();
  for (const variant of own) {
    for (const path of variant.inputs) {
      const result = NO_SETTINGS.test(path) ? undefined : workspace.read(path);
      if (!result?.ok || !result.file.text.includes('gitops-lint-')) continue;
      const known = readers.get(result.file.path) ?? [];
      if (!known.includes(variant)) readers.set(result.file.path, [...known, variant]);
    }
  }
  const placed: Placed[] = [];
  for (const [path, variants] of readers) {
    const result = workspace.read(path);
    const marks = result.ok ? await directivesIn(result.file, pendingRules) : [];
    placed.push(...marks.map((mark) => ({ mark, variants, pathFor: () => path })));
  }
  return placed;
}

/** Each annotation once, where it is written, for all that have it by now. */
function annotationsIn({ repository }: Hearing): Placed[] {
  const own = repository.variants.filter(({ tree }) => tree === undefined);
  const found = own.flatMap((variant) => [...variant.resources].flatMap(({ node }) => annotationMarks(node).map((mark) => ({ mark, variant }))));
  const alike = groupBy(found, ({ mark: { origin, rules } }) => [origin.file.name, origin.start, ...rules].join('\u0000'));
  return [...alike.values()].flatMap((group) => {
    const [{ mark }] = group;
    const { file } = mark.origin;
    return file.tree === undefined ? [{ mark, variants: [...new Set(group.map(({ variant }) => variant))], pathFor: () => file.path }] : [];
  });
}

function exceptionsOf({ repository, settings, now }: MarkHearing): Placed[] {
  return settings.exceptions
    .filter(({ until }) => !isOver(until, now))
    .map(({ rule, reason, origin, ...exception }) => {
      const { path, below } = exception;
      const meant = meantBy(exception, repository.variants);
      const mark = { kind: 'exception', rules: [rule], reason, origin } as const;
      // Where nothing is left that it speaks of, anything could have been.
      return {
        mark,
        variants: meant.length > 0 ? meant : repository.variants,
        pathFor: ({ root }: Variant) => path ?? joined(isWithin(root, below) ? root : below, '*'),
      };
    });
}

/** The variants in which an exception may keep something quiet. */
function meantBy({ app, environments, path, resource, below }: Omit<DeclaredException, 'rule' | 'reason' | 'origin'>, variants: readonly Variant[]): Variant[] {
  const isApp = app === undefined ? undefined : picomatch(app, { bash: true, dot: true });
  const isPath = path === undefined ? undefined : picomatch(path, { dot: true });
  const isResource = resource === undefined ? undefined : picomatch(resource, { bash: true, dot: true });
  return variants.filter(
    (variant) =>
      [variant.root, ...variant.inputs].some((input) => isWithin(input, below) && (!isPath || isPath(input))) &&
      (!isApp || isApp(variant.app.name)) &&
      (!environments || environments.includes(variant.environment.name)) &&
      (!isResource || !variant.complete || [...variant.resources].some(({ originalId }) => isResource(formatResourceId(originalId)))),
  );
}

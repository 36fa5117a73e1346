import picomatch from 'picomatch';
import type { DeclaredException } from '../model/declaration.ts';
import type { Suppression } from '../model/finding.ts';
import type { Variant } from '../model/variant.ts';
import type { ExpiredException } from '../rule/rule.ts';
import { isWithin } from '../text/path.ts';
import { locationOf } from '../tree/node.ts';
import type { Uses } from './marks.ts';
import type { RawFinding } from './run-rules.ts';

/**
 * Applies the exceptions of `.gitopsrc`. A finding is kept quiet where they cover all that it accuses; where they cover
 * some of its variants, these are accused no longer. One past its date covers nothing: the finding points at it.
 * `today` is a day such as `2027-01-31`; without it no exception is past its date.
 */
export function exceptFindings<F extends RawFinding>(
  findings: readonly F[],
  exceptions: readonly DeclaredException[],
  today: string | undefined,
  uses?: Uses,
): F[] {
  if (exceptions.length === 0) return [...findings];
  const byRule = new Map<string, Cover[]>();
  for (const exception of exceptions) byRule.set(exception.rule, [...(byRule.get(exception.rule) ?? []), coverOf(exception)]);
  return findings.map((finding) => {
    const meant = (byRule.get(finding.ruleId) ?? []).filter((cover) => cover.isAbout(finding));
    return meant.length > 0 ? excepted(finding, meant, today, uses) : finding;
  });
}

/** Those that are past their date. */
export function expiredExceptions(exceptions: readonly DeclaredException[], today: string | undefined): ExpiredException[] {
  return exceptions.flatMap(({ rule, until }) => (isOver(until, today) && until ? { rule, day: until.day, origin: until.origin } : []));
}

/** An exception, with its globs compiled. */
interface Cover {
  readonly exception: DeclaredException;
  isAbout(finding: RawFinding): boolean;
  /** Undefined stands for a finding that accuses no variant, but a file. */
  covers(variant: Variant | undefined): boolean;
}

function coverOf(exception: DeclaredException): Cover {
  const { app, environments, path, resource, version, below } = exception;
  const isPath = path === undefined ? undefined : picomatch(path, { dot: true });
  // A name may have a slash: it is a name all the same, and no path.
  const isApp = app === undefined ? undefined : picomatch(app, { bash: true, dot: true });
  const isResource = resource === undefined ? undefined : picomatch(resource, { bash: true, dot: true });
  return {
    exception,
    isAbout: ({ location: { file }, resource: about, version: found }) =>
      isWithin(file.path, below) &&
      (version === undefined || version === found) &&
      (!isPath || isPath(file.path)) &&
      (!isResource || (about !== undefined && isResource(about))),
    covers: (variant) =>
      (!isApp || (variant !== undefined && isApp(variant.app.name))) &&
      (!environments || (variant !== undefined && environments.includes(variant.environment.name))),
  };
}

function excepted<F extends RawFinding>(finding: F, meant: readonly Cover[], today: string | undefined, uses: Uses | undefined): F {
  const accused: readonly (Variant | undefined)[] = finding.variants.length > 0 ? finding.variants : [undefined];
  const isCovered = (covers: readonly Cover[]) => (variant: Variant | undefined) => covers.some((cover) => cover.covers(variant));
  const holding = meant.filter(({ exception: { until } }) => !isOver(until, today));
  const used = holding.filter((cover) => accused.some((variant) => cover.covers(variant)));
  for (const { exception } of used) uses?.note(exception, finding.ruleId);
  if (accused.every(isCovered(used))) return { ...finding, suppressed: suppressionBy(used) };
  const left = finding.variants.filter((variant) => !isCovered(used)(variant));
  const over = meant.filter((cover) => !holding.includes(cover) && (left.length > 0 ? left : accused).some((variant) => cover.covers(variant)));
  const related = over.flatMap(({ exception: { until } }) =>
    until ? [{ location: locationOf(until.origin), message: `the exception for this ended on ${until.day}` }] : [],
  );
  return { ...finding, variants: left, related: [...finding.related, ...related] };
}

/** Several may cover a finding between them: each gives its reason. */
function suppressionBy(used: readonly Cover[]): Suppression | undefined {
  const [first] = used;
  if (!first) return undefined;
  const reasons = new Set(used.map(({ exception }) => exception.reason));
  return { by: 'config', reason: [...reasons].join('; '), location: locationOf(first.exception.origin) };
}

/** Whether the last day of an exception is past. */
export function isOver(until: DeclaredException['until'], today: string | undefined): boolean {
  // Days that are written this way are ordered as texts are.
  return until !== undefined && today !== undefined && today > until.day;
}

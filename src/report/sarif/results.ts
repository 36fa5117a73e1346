import type { Finding, Severity, Suppression } from '../../model/finding.ts';
import type { LintResult } from '../../model/lint-result.ts';
import type { Location } from '../../text/location.ts';
import { Whereabouts } from '../where.ts';
import { fixesOf, type Hidden, hiddenTexts } from './fixes.ts';
import { lineHashOf } from './line-hash.ts';
import type { PhysicalLocation, RelatedPlace, Result } from './log.ts';
import { messageOf, shortened } from './message.ts';
import { physicalOf } from './places.ts';

export const LEVEL: Readonly<Record<Severity, Result['level']>> = { error: 'error', warning: 'warning', info: 'note' };

const KIND: Readonly<Record<Suppression['by'], 'inSource' | 'external'>> = {
  comment: 'inSource',
  annotation: 'inSource',
  config: 'external',
  baseline: 'external',
};

/** More locations of one result than code scanning keeps. */
const MAX_RELATED = 100;

/** Makes results of findings. */
export class Results {
  readonly #where: Whereabouts;
  readonly #ruleIndex: ReadonlyMap<string, number>;
  readonly #places: LintResult['placesOfTrees'];
  readonly #fingerprints: ReadonlyMap<Finding, string>;
  readonly #hidden: Hidden;
  readonly #environments: ReadonlyMap<string, string | undefined>;
  readonly #hasBaseline: boolean;

  constructor(result: LintResult) {
    const { findings, rules, variants } = result;
    this.#where = new Whereabouts(result);
    this.#ruleIndex = new Map(rules.map(({ id }, at) => [id, at]));
    this.#places = result.placesOfTrees;
    this.#fingerprints = ownFingerprints(findings);
    this.#hidden = hiddenTexts(result);
    this.#environments = new Map(variants.map(({ id, environment }) => [id, environment?.name]));
    this.#hasBaseline = findings.some(({ suppressed }) => suppressed?.by === 'baseline');
  }

  /** The result that shows a finding; undefined when nothing of it lies in the repository itself. `marked` says of each result whether it is suppressed. */
  resultOf(finding: Finding, marked: boolean): Result | undefined {
    const primary = primaryOf(finding, this.#places);
    if (!primary) return undefined;
    const { ruleId, severity, fingerprint, app, resource, path } = finding;
    const around = finding.related.filter((place) => place !== primary.instead);
    const relatedLocations = relatedOf(around.filter(({ location }) => !location.file.tree));
    const text = messageOf(finding, this.#where, {
      numbered: relatedLocations.map(({ id, message }) => ({ id, message: message.text })),
      elsewhere: around.filter(({ location }) => location.file.tree),
      moved: primary.location === finding.location ? undefined : finding.location,
    });
    const fixes = fixesOf(finding, this.#hidden);
    const lineHash = lineHashOf(primary.location.file, primary.physicalLocation.region.startLine);
    return {
      ruleId,
      ruleIndex: this.#ruleIndex.get(ruleId) ?? -1,
      kind: 'fail',
      level: LEVEL[severity],
      message: { text },
      locations: [{ physicalLocation: primary.physicalLocation, ...(resource !== undefined && { logicalLocations: [logicalOf(app, resource, path)] }) }],
      ...(relatedLocations.length > 0 && { relatedLocations }),
      partialFingerprints: {
        ...(lineHash !== undefined && { primaryLocationLineHash: lineHash }),
        'gitopsLint/v1': this.#fingerprints.get(finding) ?? fingerprint,
      },
      ...(fixes && { fixes }),
      ...(marked && { suppressions: suppressionsOf(finding), ...(this.#hasBaseline && { baselineState: stateOf(finding) }) }),
      properties: { app, environments: this.#environmentsOf(finding.variants), variants: finding.variants, comparedWith: finding.comparedWith, resource, path },
    };
  }

  #environmentsOf(ids: readonly string[]): string[] {
    return [...new Set(ids.flatMap((id) => this.#environments.get(id) ?? []))];
  }
}

interface Primary {
  readonly physicalLocation: PhysicalLocation;
  readonly location: Location;
  /** The related place that stands for the first one. */
  readonly instead?: Finding['related'][number];
}

/**
 * Where a finding stands. One in another branch or repository stands at the first place of this one that has to do with it, or at
 * the line of `.gitopsrc` that names the other.
 */
function primaryOf({ location, related }: Finding, placesOfTrees: LintResult['placesOfTrees']): Primary | undefined {
  const own = physicalOf(location);
  if (own) return { physicalLocation: own, location };
  for (const instead of related) {
    const physicalLocation = physicalOf(instead.location);
    if (physicalLocation) return { physicalLocation, location: instead.location, instead };
  }
  const named = placesOfTrees?.get(location.file.tree ?? '');
  const physicalLocation = named && physicalOf(named);
  return physicalLocation && { physicalLocation, location: named };
}

/** Each place once, numbered from one: the text refers to them. */
function relatedOf(related: Finding['related']): RelatedPlace[] {
  const places = new Map<string, RelatedPlace>();
  for (const { location, message } of related) {
    const physicalLocation = physicalOf(location);
    const key = JSON.stringify([physicalLocation, message]);
    if (!physicalLocation || places.has(key) || places.size === MAX_RELATED) continue;
    places.set(key, { id: places.size + 1, message: { text: shortened(message) }, physicalLocation });
  }
  return [...places.values()];
}

/** Findings that agree in all that a fingerprint knows are counted, or a consumer would take them for one. */
function ownFingerprints(findings: readonly Finding[]): Map<Finding, string> {
  const counts = new Map<string, number>();
  return new Map(
    findings.map((finding) => {
      const count = (counts.get(finding.fingerprint) ?? 0) + 1;
      counts.set(finding.fingerprint, count);
      return [finding, count === 1 ? finding.fingerprint : `${finding.fingerprint}:${count}`];
    }),
  );
}

function logicalOf(app: string | undefined, resource: string, path: string | undefined) {
  const whole = app === undefined ? resource : `${app}/${resource}`;
  return path === undefined ? { fullyQualifiedName: whole, kind: 'resource' } : { fullyQualifiedName: `${whole}:${path}`, kind: 'member' };
}

function suppressionsOf({ suppressed }: Finding): NonNullable<Result['suppressions']> {
  return suppressed ? [{ kind: KIND[suppressed.by], status: 'accepted', justification: shortened(suppressed.reason) }] : [];
}

function stateOf({ suppressed }: Finding): 'new' | 'unchanged' {
  return suppressed?.by === 'baseline' ? 'unchanged' : 'new';
}

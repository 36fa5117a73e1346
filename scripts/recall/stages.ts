/** An environment of a generated repository. */
export interface Stage {
  readonly name: string;
  /** Of one rank are siblings; a higher one is nearer to production. */
  readonly rank: number;
  readonly isProduction: boolean;
}

const WAYS: readonly (readonly (readonly string[])[])[] = [
  [['dev'], ['staging'], ['prod']],
  [['dev'], ['qa'], ['prod']],
  [['dev'], ['test'], ['uat'], ['prod']],
  [['dev'], ['staging'], ['prod-eu', 'prod-us']],
  [['dev'], ['staging'], ['prod-ap', 'prod-eu', 'prod-us']],
  [['development'], ['staging'], ['production']],
  [['test'], ['preprod'], ['production']],
  [['int'], ['qa'], ['staging'], ['prod']],
  [['staging'], ['prod']],
];

/** Whether a rule that warns in production still speaks of an environment, two steps of the ladder being too much for it. */
export function isRehearsal(name: string | undefined): boolean {
  return name !== undefined && !/^(?:dev|development|int|qa|test)$/.test(name);
}

/** Sets of environments, each in the order of promotion. */
export const STAGES: readonly (readonly Stage[])[] = WAYS.map((way) =>
  way.flatMap((names, rank) => names.map((name) => ({ name, rank, isProduction: rank === way.length - 1 }))),
);

/**
 * Where something that all environments have is told to be missing once one of them loses it: the first of the others,
 * or undefined where nobody can say that it is missing: an earlier one has it, most others of the rank, or two ranks later.
 */
export function holderWithout(stages: readonly Stage[], lost: Stage): Stage | undefined {
  const others = stages.filter((stage) => stage !== lost);
  const isEarlier = others.some(({ rank }) => rank < lost.rank);
  const siblings = others.filter(({ rank }) => rank === lost.rank).length;
  const later = new Set(others.map(({ rank }) => rank).filter((rank) => rank > lost.rank)).size;
  return isEarlier || siblings > 1 || later > 1 ? others[0] : undefined;
}

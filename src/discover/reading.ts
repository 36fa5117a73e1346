import type { Confidence, VariantSource } from '../model/discovery.ts';
import type { Tier } from '../model/environment.ts';
import type { Unit } from './units.ts';

/** One folder read as "this app in this environment". */
export interface Reading {
  readonly source: VariantSource & { readonly environment: string };
  readonly tier: Tier;
  readonly confidence: Confidence;
  /** The folder that names the environment, and what makes us think so. */
  readonly folder: string;
  readonly why: string;
  /** What deploys it makes us think so. */
  readonly isOfDeployer?: boolean | undefined;
}

/** A step of a path that may name its environment. */
export interface Candidate {
  readonly at: number;
  readonly name: string;
  readonly tier: Tier;
  /** What the names of one environment have in common: `prod` for `production` and `prod-eu`; of any other name the name. */
  readonly word: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The name is a word of the vocabulary and nothing else, or was declared. */
  readonly whole: boolean;
  /** 3: structure shows it, 2: siblings show it, 1: the name alone, which counts where it is plain and known elsewhere. */
  readonly strength: 1 | 2 | 3;
  readonly plain: boolean;
  /** The app, where the step names that as well. */
  readonly app?: string;
  readonly why: string;
}

/** A unit and the step of its path that names its environment. */
export interface Placed {
  readonly unit: Unit;
  readonly candidate: Candidate;
}

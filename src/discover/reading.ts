import type { Confidence, VariantSource } from '../model/discovery.ts';
import type { Tier } from '../model/environment.ts';

/** One folder read as "this app in this environment". */
export interface Reading {
  readonly source: VariantSource & { readonly environment: string };
  readonly tier: Tier;
  readonly word: string;
  readonly confidence: Confidence;
  /** The folder that names the environment, and what makes us think so. */
  readonly folder: string;
  readonly why: string;
}

/** A step of a path that may name its environment. */
export interface Candidate {
  readonly at: number;
  readonly tier: Tier;
  readonly word: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The name is a word of the vocabulary and nothing else. */
  readonly whole: boolean;
  /** 3: structure shows it, 2: siblings show it, 1: the name alone. */
  readonly strength: 1 | 2 | 3;
  readonly why: string;
}

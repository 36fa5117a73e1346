import type { JSONSchemaType } from 'ajv';
import type { MadeElsewhere } from '../model/declaration.ts';
import type { Tier } from '../model/environment.ts';
import type { Contract } from '../model/expectation.ts';
import type { Fix, Safety, Severity } from '../model/finding.ts';
import type { ReachedFile, Repository } from '../model/repository.ts';
import type { Field, Resource } from '../model/resource.ts';
import type { App, Variant } from '../model/variant.ts';
import type { Origin } from '../tree/node.ts';

/** Message texts by id; `{{name}}` marks what the report fills in. */
export type Messages = Readonly<Record<string, string>>;

export type Category = 'parity' | 'images' | 'promotion' | 'drift' | 'separation' | 'secrets' | 'kustomize' | 'references' | 'deployers' | 'yaml';

export interface RuleMeta<M extends Messages = Messages, Options extends object = object> {
  /** Begins with "Disallow" or "Require"; no full stop. */
  readonly summary: string;
  readonly category: Category;
  /** For a variant of the production tier. */
  readonly severity: Severity;
  /** Under the preset `strict`, when that differs. */
  readonly strictSeverity?: Severity;
  /** `laddered` falls with the tier of the variants that are wrong; `flat` is a mistake anywhere. */
  readonly ladder: 'laddered' | 'flat';
  /** `0.1` to `10.0`, where each finding is a weakness that somebody could use: code scanning then shows its findings as security alerts, by this alone. */
  readonly securitySeverity?: `${number}`;
  /** Tiers in which it says nothing at all. */
  readonly offIn?: readonly Tier[];
  /** A marker that says who brings what is missing keeps its findings quiet, as long as nobody asks for the gate of that environment. */
  readonly mayBePending?: true;
  /** The rules whose findings it speaks for, of its variants as compared with the same ones; where they find nothing, it says nothing either. */
  readonly gathers?: readonly string[];
  /** It asks what was there once: where the history of git is not whole, a note says that it says nothing. */
  readonly readsHistory?: true;
  /** It looks at what a change brings: without `--since` it says nothing. */
  readonly readsChange?: true;
  /** It speaks when all others have, of what keeps their findings quiet. */
  readonly speaksLast?: true;
  /** It cannot be turned off, only kept quiet file by file. */
  readonly locked?: true;
  /** The preset that turns it on; `strict` includes `recommended`. */
  readonly preset: 'recommended' | 'strict' | 'none';
  /** The part of `.gitopsrc` that turns it on, whatever the preset. */
  readonly needs?: 'differences';
  /** Its findings may come with a fix, of this kind at best. */
  readonly fixable?: Safety;
  /** The version that brought it. */
  readonly since: string;
  /** What to do, in one sentence: shown under the finding. */
  readonly hint: string;
  /** What is wrong, not what to do; never names an environment. */
  readonly messages: M;
  readonly options?: { readonly schema: JSONSchemaType<Options>; readonly defaults: Options };
}

/** A rule says which scopes it looks at by the visitors it returns. */
export interface Visitors {
  /** A YAML file that some render read. */
  file?(file: ReachedFile): void;
  resource?(resource: Resource, variant: Variant): void;
  variant?(variant: Variant): void;
  /** All variants of an app side by side: parity, drift, promotion. */
  app?(app: App): void;
  repository?(repository: Repository): void;
}

type Placeholders<Text> = Text extends `${string}{{${infer Name}}}${infer Rest}` ? Name | Placeholders<Rest> : never;

/** Where a report points: a field of a rendered resource, or a place in a source file. */
export type Place = Field | Origin;

/** What a rule hands to `report`: a message, the place at fault, and places that explain it. */
export type Report<M extends Messages = Messages> = {
  [Id in keyof M & string]: {
    readonly messageId: Id;
    readonly data: Readonly<Record<Placeholders<M[Id]>, string>>;
    readonly at: Place;
    readonly related?: readonly { readonly at: Place; readonly message: string }[];
    /** The variants that are wrong. Left out: the one that is being visited. */
    readonly variants?: readonly Variant[];
    /** The variants that they were held against. */
    readonly comparedWith?: readonly Variant[];
    /** What the finding is about, when `at` does not tell: a key that another variant has. Of several, it is known again by the first. */
    readonly about?: Field | readonly Field[];
    /** The keys that lead on from there, or from the top of the file, where the finding is about a part of a text. */
    readonly inside?: readonly string[];
    /** The version that it is about, as it is written: exceptions of `.gitopsrc` may name it. */
    readonly version?: string | undefined;
    /** Of a rule that gathers, the objects whose findings it speaks for, as `Kind/name`; left out, of all. What is about no object it speaks for, too. */
    readonly speaksFor?: ReadonlySet<string> | undefined;
    /** At most this severity, for a weaker form of the same mistake. */
    readonly atMost?: Severity;
    /** `atMost` holds under the preset `strict`, too, which takes the weaker form for the mistake itself otherwise. */
    readonly evenStrict?: true;
    readonly fix?: Fix | undefined;
  };
}[keyof M & string];

/** An exception of `.gitopsrc` that is past its date. */
export interface ExpiredException {
  /** The rule whose findings it kept quiet. */
  readonly rule: string;
  /** Its last day, as `2027-01-31`. */
  readonly day: string;
  /** Where that stands. */
  readonly origin: Origin;
}

/** A comment, an annotation or an exception that is to keep findings quiet, and keeps none. */
export interface NeedlessMark {
  readonly why: 'unused' | 'reasonless' | 'ownerless' | 'unreadable' | 'unknown';
  /** The rules of which it keeps nothing quiet. */
  readonly rules: readonly string[];
  readonly origin: Origin;
}

export interface RuleContext<M extends Messages = Messages, Options extends object = object> {
  readonly repository: Repository;
  readonly options: Readonly<Options>;
  /** Whether `.gitopsrc` says that an object or a variable is made elsewhere for the environment of a variant. */
  isExternal(thing: MadeElsewhere, variant: Variant): boolean;
  /** The exceptions of `.gitopsrc` that are past their date. */
  readonly expired: readonly ExpiredException[];
  /** What keeps nothing quiet; none before all other rules have had their say. */
  readonly needless: readonly NeedlessMark[];
  /** Which differences between environments `.gitopsrc` expects. */
  readonly contract: Contract;
  report(report: Report<M>): void;
}

/** A rule as its author writes it, with the types of its own messages and options. */
export interface RuleDefinition<M extends Messages, Options extends object> {
  readonly id: string;
  readonly meta: RuleMeta<M, Options>;
  create(context: RuleContext<M, Options>): Visitors;
}

/** A rule as the engine runs it: whose messages and options, it no longer matters. */
export interface Rule {
  readonly id: string;
  readonly meta: Omit<RuleMeta, 'options'> & { readonly options?: { readonly schema: object; readonly defaults: object } };
  create(context: RuleContext): Visitors;
}

/** Checks a rule against its own messages and options, then forgets their types. */
export function defineRule<const M extends Messages, Options extends object = Record<string, never>>(definition: RuleDefinition<M, Options>): Rule {
  return definition as unknown as Rule;
}

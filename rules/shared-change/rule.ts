import {
  authorFilesOf,
  type Change,
  defineRule,
  type Field,
  firstOf,
  folderOf,
  formatFieldPath,
  formatResourceId,
  groupBy,
  isWithin,
  type Origin,
  type RenderChange,
  type Repository,
  renderChanges,
  type Variant,
  variantBefore,
  waysOf,
} from '../../src/rule/index.ts';

export default defineRule({
  id: 'shared-change',
  meta: {
    summary: 'Disallow changes of shared files that reach production at once with the environments before',
    category: 'promotion',
    severity: 'info',
    ladder: 'laddered',
    readsChange: true,
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Make the change in the environments one after the other, and take it into what they share when all have it.',
    messages: {
      breaking: 'This shared file changes {{values}} at once with the environments before',
      additive: 'This shared file adds {{values}} at once with the environments before',
    },
  },
  create({ repository: { since }, report }) {
    if (!since) return {};
    return {
      repository(repository) {
        const reaching = repository.variants
          .filter(({ environment }) => environment.tier === 'prod')
          .flatMap((variant) => sharedIn(variant, since, repository));
        for (const [first, ...others] of groupBy(reaching, ({ at }) => at.file.name).values()) {
          const all = [first, ...others];
          const place = all.reduce((top, { at }) => (at.start < top.start ? at : top), first.at);
          const isAdditive = all.every(({ change }) => change.how === 'added');
          report({
            messageId: isAdditive ? 'additive' : 'breaking',
            data: { values: firstOf([...new Set(all.map(({ change }) => nameOf(change.field)))], 2) },
            at: place,
            variants: [...new Set(all.map(({ variant }) => variant))],
            comparedWith: [...new Set(all.flatMap(({ sharing }) => sharing))],
          });
        }
      },
    };
  },
});

interface Shared {
  readonly variant: Variant;
  readonly change: RenderChange;
  /** Where the shared file makes the change, or what is nearest to what it made before. */
  readonly at: Origin;
  /** The variants of earlier environments that have something of that file, too. */
  readonly sharing: readonly Variant[];
}

/** What changed files that earlier environments of the app read, too, change in a variant. */
function sharedIn(variant: Variant, since: Change, { files }: Repository): Shared[] {
  const before = variantBefore(since, variant);
  // What changed are files of our own tree; and a gap may hide what a value was before.
  if (variant.tree !== undefined || !before?.complete || !variant.complete) return [];
  const isBefore = waysOf(variant.app.variants.map(({ environment }) => environment));
  const earlier = variant.app.variants.filter(({ environment, tree }) => tree === undefined && isBefore(environment, variant.environment));
  // Many charts read the files of all environments, and use those of one.
  const isOf = (path: string) => (one: Variant) => one.renderer !== 'helm' || authorFilesOf(one).has(path);
  const sharingOf = (path: string) => earlier.filter((one) => one.inputs.has(path) && [one, variantBefore(since, one) ?? one].some(isOf(path)));
  const shared = new Set([...since.files].filter((path) => variant.inputs.has(path) && sharingOf(path).length > 0));
  if (shared.size === 0) return [];
  return renderChanges(before.resources, variant.resources).flatMap((change): Shared[] => {
    const at = change.how === 'removed' ? traceOf(change, shared, files) : change.field.origins().find(({ file }) => shared.has(file.name));
    return at ? [{ variant, change, at, sharing: sharingOf(at.file.path) }] : [];
  });
}

/** Where something stood that is gone: by what held it, or else at the top of its file, or of one beside it that was changed, too. */
function traceOf({ field, holder }: RenderChange, shared: ReadonlySet<string>, files: Repository['files']): Origin | undefined {
  const [{ file }] = field.origins();
  const path = shared.has(file.name) ? file.name : [...shared].find((other) => isWithin(other, folderOf(file.name)));
  const held = holder?.origins().find((origin) => origin.file.name === path);
  const now = files.find(({ yaml }) => yaml.file.name === path)?.yaml.file;
  return held ?? (now && { file: now, start: 0, end: now.lineAt(1).length, how: 'written', precision: 'file' });
}

function nameOf({ resource, path }: Field): string {
  const id = formatResourceId(resource.originalId);
  return path.length === 0 ? id : `${formatFieldPath(path)} of ${id}`;
}

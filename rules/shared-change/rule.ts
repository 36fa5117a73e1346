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
  const sharingOf = (path: string) =>
    earlier.filter((one) => [one, variantBefore(since, one) ?? one].some((side) => side.inputs.has(path) && isOf(path)(side)));
  const shared = new Set([...since.files].filter((path) => (variant.inputs.has(path) || before.inputs.has(path)) && sharingOf(path).length > 0));
  if (shared.size === 0) return [];
  return renderChanges(before.resources, variant.resources).flatMap((change): Shared[] => {
    const at =
      change.how === 'removed'
        ? traceOf(change, shared, since, files)
        : change.field.origins().find((origin) => shared.has(origin.file.name) && isNews(origin, since));
    return at ? [{ variant, change, at, sharing: sharingOf(at.file.path) }] : [];
  });
}

/** Whether a line is other than before: where an override went, what the shared file has said all along comes out. */
function isNews({ file, start }: Origin, { before }: Change): boolean {
  const old = before.files.find(({ yaml }) => yaml.file.name === file.name)?.yaml.file.text;
  if (old === undefined) return true;
  const { line } = file.positionAt(start);
  const [above, own, below] = [line - 1, line, line + 1].map((number) => (number > 0 && number <= file.lineCount ? file.lineAt(number) : ''));
  return !old.includes(`${above}\n${own}`) && !old.includes(`${own}\n${below}`);
}

/**
 * Where something stood that is gone: by what held it, or else at the top of its file, or of one beside it that was changed, too. What a file that
 * is not shared took away is no shared change.
 */
function traceOf({ field, holder }: RenderChange, shared: ReadonlySet<string>, since: Change, files: Repository['files']): Origin | undefined {
  const [{ file }] = field.origins();
  if (since.files.has(file.name) && !shared.has(file.name)) return undefined;
  const there = files.map(({ yaml }) => yaml.file).filter(({ name }) => shared.has(name));
  const now = there.find(({ name }) => name === file.name) ?? there.find(({ name }) => isWithin(name, folderOf(file.name)));
  const held = holder?.origins().find((origin) => origin.file === now);
  return held ?? (now && { file: now, start: 0, end: now.lineAt(1).length, how: 'written', precision: 'file' });
}

function nameOf({ resource, path }: Field): string {
  const id = formatResourceId(resource.originalId);
  return path.length === 0 ? id : `${formatFieldPath(path)} of ${id}`;
}

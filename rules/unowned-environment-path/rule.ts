import { type App, defineRule, firstOf, type Origin, type ReachedFile, type Tier, type Variant } from '../../src/rule/index.ts';

export default defineRule({
  id: 'unowned-environment-path',
  meta: {
    summary: 'Disallow production paths that CODEOWNERS gives to nobody, or to the owners of development',
    category: 'separation',
    severity: 'warning',
    ladder: 'laddered',
    preset: 'none',
    since: '0.1.0',
    hint: 'Give the path owners of its own; the last line that matches decides.',
    messages: {
      unowned: 'Nobody has to agree to changes of {{paths}}',
      shared: 'Whoever owns development owns {{paths}}',
    },
  },
  create({ report }) {
    return {
      repository({ codeOwners, files: all }) {
        if (!codeOwners) return;
        // A branch or another repository has code owners of its own.
        const files = all.filter(({ yaml }) => yaml.file.tree === undefined);
        const found = new Map<string, Complaint>();
        const ofDevelopment = new Map<App, Set<string>>();
        for (const { yaml, variants } of files.filter((file) => isOnlyIn(DEVELOPMENT, file))) {
          const owners = codeOwners.ownershipOf(yaml.file.path).owners.join();
          for (const { app } of variants) ofDevelopment.set(app, (ofDevelopment.get(app) ?? new Set()).add(owners));
        }
        for (const { yaml, variants } of files.filter((file) => isOnlyIn(PRODUCTION, file))) {
          const { owners, line } = codeOwners.ownershipOf(yaml.file.path);
          if (owners.length > 0 && !variants.some(({ app }) => ofDevelopment.get(app)?.has(owners.join()))) continue;
          const messageId = owners.length > 0 ? 'shared' : 'unowned';
          const at = line?.origin ?? codeOwners.start;
          const { paths, wrong } = found.get(messageId + at.start) ?? { paths: [], wrong: [] };
          found.set(messageId + at.start, { messageId, at, paths: [...paths, `"${yaml.file.path}"`], wrong: [...wrong, ...variants] });
        }
        for (const { messageId, at, paths, wrong } of found.values())
          report({ messageId, data: { paths: firstOf(paths, 1) }, at, variants: [...new Set(wrong)] });
      },
    };
  },
});

/** What is wrong with one line, for all files of which it decides. */
interface Complaint {
  readonly messageId: 'unowned' | 'shared';
  readonly at: Origin;
  readonly paths: readonly string[];
  readonly wrong: readonly Variant[];
}

const PRODUCTION: ReadonlySet<Tier> = new Set<Tier>(['prod']);
const DEVELOPMENT: ReadonlySet<Tier> = new Set<Tier>(['dev', 'int', 'test']);

/** What other environments share is theirs, too. */
function isOnlyIn(tiers: ReadonlySet<Tier>, { variants }: ReachedFile): boolean {
  return variants.every(({ environment }) => tiers.has(environment.tier));
}

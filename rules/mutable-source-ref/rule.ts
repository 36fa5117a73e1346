import { classifyTag, defineRule, isMovingRevision, isUnfilled, linesOf, placeOfVersion, productionSourcesOf, type VersionUse } from '../../src/rule/index.ts';

export default defineRule({
  id: 'mutable-source-ref',
  meta: {
    summary: 'Disallow sources in other repositories that production follows by branch',
    category: 'images',
    severity: 'warning',
    ladder: 'laddered',
    securitySeverity: '6.5',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Name a tag or a commit of the other repository, and raise it as any other version.',
    messages: {
      branch: 'Source "{{name}}" is followed at "{{version}}", so it changes without a commit here',
      none: 'Source "{{name}}" names no revision, so it changes without a commit here',
    },
  },
  create({ report }) {
    return {
      repository(repository) {
        const moving = productionSourcesOf(repository).filter(({ use, isElsewhere }) => isElsewhere && isMoving(use));
        for (const [first, ...more] of linesOf(moving, ({ use }) => placeOfVersion(use))) {
          const { version, artifact: name, field } = first.use;
          const where = { at: placeOfVersion(first.use), about: field, variants: [first, ...more].flatMap(({ variants }) => variants) };
          if (version) report({ messageId: 'branch', data: { version, name }, ...where });
          else report({ messageId: 'none', data: { name }, ...where });
        }
      },
    };
  },
});

/** What Flux calls a branch is one; of a revision of Argo CD only the name tells. */
function isMoving({ kind, version = '', digest, field }: VersionUse): boolean {
  if (kind !== 'source' || digest !== undefined || isUnfilled(version)) return false;
  const key = field.path.at(-1);
  if (version === '' || key === 'branch') return true;
  if (key === 'tag') return field.resource.id.kind === 'OCIRepository' && classifyTag(version) === 'mutable';
  return key === 'name' ? version.startsWith('refs/heads/') : key === 'targetRevision' && isMovingRevision(version);
}

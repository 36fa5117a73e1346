import { defineRule, isUnfilled, isVersionRange, linesOf, placeOfVersion, productionSourcesOf, type VersionUse } from '../../src/rule/index.ts';

export default defineRule({
  id: 'version-range',
  meta: {
    summary: 'Disallow charts and sources without an exact version in production',
    category: 'images',
    severity: 'warning',
    ladder: 'laddered',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Name the version that was tested.',
    messages: {
      range: 'Version "{{version}}" of {{kind}} "{{name}}" is a range: the next release comes by itself',
      none: '{{kind}} "{{name}}" has no version, which means the newest one',
    },
  },
  create({ report }) {
    return {
      repository(repository) {
        const open = productionSourcesOf(repository).filter(({ use }) => isOpen(use));
        for (const [first, ...more] of linesOf(open, ({ use }) => placeOfVersion(use))) {
          const { kind, version, artifact: name, field } = first.use;
          const where = { at: placeOfVersion(first.use), about: field, variants: [first, ...more].flatMap(({ variants }) => variants) };
          if (version) report({ messageId: 'range', data: { version, kind, name }, ...where });
          else report({ messageId: 'none', data: { kind: kind === 'chart' ? 'Chart' : 'Source', name }, ...where });
        }
      },
    };
  },
});

/** Which branch a source follows is another question. */
function isOpen({ kind, version = '', digest, field, artifact }: VersionUse): boolean {
  if (digest !== undefined || isUnfilled(version) || isUnfilled(artifact)) return false;
  return kind === 'chart' ? version === '' || isVersionRange(version) : field.path.at(-1) === 'semver' && isVersionRange(version);
}

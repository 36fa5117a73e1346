import { describe, expect, it } from 'vitest';
import { placeOfVersion, versionUsesOf } from '../../src/model/versions/version-uses.ts';
import { resourceOf } from './shop.ts';

const DIGEST = `sha256:${'0'.repeat(64)}`;
const release = (tag: string) =>
  resourceOf(`apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: checkout }
spec:
  values:
    image: { repository: registry.shop.example/checkout, tag: ${JSON.stringify(tag)} }
`);

describe('an image in the values of a chart', () => {
  it.each([
    ['1.4.0', '1.4.0', undefined, '1.4.0'],
    ['v1_4-rc.1', 'v1_4-rc.1', undefined, 'v1_4-rc.1'],
    [`1.4.0@${DIGEST}`, '1.4.0', DIGEST, '1.4.0'],
    [`@${DIGEST}`, undefined, DIGEST, DIGEST],
  ])('with the tag %j', (tag, version, digest, shown) => {
    const uses = versionUsesOf(release(tag));
    expect(uses).toMatchObject([{ artifact: 'registry.shop.example/checkout', version, digest }]);
    const [place] = uses.map(placeOfVersion);
    expect(place?.file.text.slice(place.start, place.end)).toBe(shown);
  });

  it.each(['../../../admin/delete?all=1&x=', '.', '-1', '1/2', '1.4.0?x', '1.4.0#x', '1.4.0%2f', '1 2', '1.4.0@x', `1${'0'.repeat(128)}`, '${TAG}'])(
    'has no version by %j, which is no tag',
    (tag) => {
      expect(versionUsesOf(release(tag))).toEqual([]);
    },
  );
});

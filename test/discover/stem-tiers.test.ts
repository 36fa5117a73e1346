import { describe, expect, it } from 'vitest';
import { stemTiers } from '../../src/discover/stem-tiers.ts';

describe('the tier at the end of a word', () => {
  it('counts where the same site has another', () => {
    expect(Object.fromEntries(stemTiers(['oslodev', 'osloprod', 'oslopreprod', 'limaprod']))).toEqual({
      oslodev: { tier: 'dev', site: 'oslo' },
      osloprod: { tier: 'prod', site: 'oslo' },
      oslopreprod: { tier: 'staging', site: 'oslo' },
    });
  });

  it('counts within a longer name, where the rest is the same', () => {
    const tiers = stemTiers(['oslodev-batch', 'osloprod-batch', 'osloint-web']);
    expect(Object.fromEntries(tiers)).toEqual({
      'oslodev-batch': { tier: 'dev', site: 'oslo-batch' },
      'osloprod-batch': { tier: 'prod', site: 'oslo-batch' },
    });
  });

  it.each([[['latest', 'contest']], [['prod', 'dev']], [['reprod', 'teststand']], [['osloprod', 'oslopreproduction-web']]])('does not for %s', (names) => {
    expect([...stemTiers(names)]).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { discoverIn, repository } from '../folders.ts';

/** Kargo Stages: `prod < uat, qa` is promoted from those. */
function stages(...lines: readonly string[]): string {
  return lines
    .map((line) => {
      const [name = '', from] = line.split(' < ');
      const sources = from ? `stages: [${from}]` : 'direct: true';
      return `apiVersion: kargo.akuity.io/v1alpha1\nkind: Stage\nmetadata: { name: ${name}, namespace: shop }\nspec:\n  requestedFreight: [{ origin: { kind: Warehouse, name: shop }, sources: { ${sources} } }]\n  promotionTemplate: { spec: { steps: [] } }\n`;
    })
    .join('---\n');
}

const overlays = (...names: readonly string[]) =>
  repository('apps/checkout/base', ...names.map((name) => `apps/checkout/overlays/${name} < apps/checkout/base`));

async function promotionsIn(tree: Readonly<Record<string, string>>): Promise<string[]> {
  const { environments } = await discoverIn(tree);
  return environments.map(({ name, promotesFrom }) => [name, ...promotesFrom].join(' < '));
}

describe('an order that another tool declares', () => {
  it('counts before that of the tiers', async () => {
    const tree = { ...overlays('dev', 'qa', 'staging', 'prod'), 'kargo/stages.yaml': stages('dev', 'staging < dev', 'qa < staging', 'prod < qa') };
    expect(await promotionsIn(tree)).toEqual(['dev', 'staging < dev', 'qa < staging', 'prod < qa']);
  });

  it('yields to what .gitopsrc says', async () => {
    const tree = {
      ...overlays('dev', 'qa', 'prod'),
      'kargo/stages.yaml': stages('dev', 'prod < dev'),
      '.gitopsrc': 'environments:\n  dev: {}\n  qa: { promotesFrom: dev }\n  prod: { promotesFrom: qa }\n',
    };
    expect(await promotionsIn(tree)).toEqual(['dev', 'qa < dev', 'prod < qa']);
  });

  it('makes environments of names that say nothing, where others among them are known', async () => {
    const tree = { ...overlays('dev', 'canary', 'prod'), 'kargo/stages.yaml': stages('dev', 'canary < dev', 'prod < canary') };
    expect(await promotionsIn(tree)).toEqual(['dev', 'canary < dev', 'prod < canary']);
  });

  it('knows an environment by another spelling', async () => {
    const tree = { ...overlays('dev', 'production'), 'kargo/stages.yaml': stages('dev', 'prod < dev') };
    expect(await promotionsIn(tree)).toEqual(['dev', 'production < dev']);
  });

  it('of rings or regions is none', async () => {
    const tree = { ...overlays('dev', 'prod'), 'kargo/stages.yaml': stages('eu', 'us < eu', 'asia < us') };
    expect(await promotionsIn(tree)).toEqual(['dev', 'prod < dev']);
  });

  it('tells where it is written', async () => {
    const { environments } = await discoverIn({ ...overlays('dev', 'prod'), 'kargo/stages.yaml': stages('dev', 'prod < dev') });
    expect(environments[1]?.evidence[0]).toMatchObject({ why: 'named by Kargo Stages', location: { file: { path: 'kargo/stages.yaml' } } });
  });
});

import { describe, expect, it } from 'vitest';
import type { Variant } from '../../../src/model/variant.ts';
import { repositoryOf as read } from '../../model/shop.ts';
import { fluxKustomization } from '../../rules/deployers.ts';
import { configMap, secret } from '../../rules/shop.ts';
import type { Tree } from '../../support/rule-tester.ts';

const CHECKOUT = { 'apps/checkout/config.yaml': configMap('checkout', 'host: ${host}\nlevel: ${level:=info}\ncity: ${city}\n') };

function named(name: string, data: string): string {
  return configMap(name, data).replace('metadata:', 'metadata:\n  namespace: flux-system');
}

function postBuild(more: string): string {
  return fluxKustomization('apps', './apps/checkout', `postBuild:\n${more.replace(/^(?=.)/gm, '  ')}`);
}

const FROM = 'substituteFrom: [{ kind: ConfigMap, name: cluster }]\n';

async function checkoutsIn(tree: Tree): Promise<Record<string, unknown>> {
  const { variants } = await read({ ...CHECKOUT, ...tree });
  const dataOf = ({ resources }: Variant) => [...resources].find(({ id }) => id.name === 'checkout')?.manifest['data'];
  return Object.fromEntries(variants.filter(({ app }) => app.name === 'checkout').map((variant) => [variant.environment.name, dataOf(variant)]));
}

async function gapsIn(tree: Tree): Promise<string[]> {
  return (await read({ ...CHECKOUT, ...tree })).deployerGaps.map(({ message }) => message);
}

describe('postBuild', () => {
  it('fills in the variables of each cluster that deploys a folder', async () => {
    const tree = {
      'clusters/staging/apps.yaml': postBuild('substitute: { host: staging.shop.example, city: Bern }\n'),
      'clusters/prod/apps.yaml': postBuild('substitute: { host: shop.example, level: warn }\n'),
    };
    expect(await checkoutsIn(tree)).toEqual({
      staging: { host: 'staging.shop.example', level: 'info', city: 'Bern' },
      prod: { host: 'shop.example', level: 'warn', city: null },
    });
  });

  it('changes nothing where there is none, or nothing in it', async () => {
    const tree = { 'clusters/staging/apps.yaml': fluxKustomization('apps', './apps/checkout'), 'clusters/prod/apps.yaml': postBuild('substitute: {}\n') };
    const untouched = { host: '${host}', level: '${level:=info}', city: '${city}' };
    expect(await checkoutsIn(tree)).toEqual({ staging: untouched, prod: untouched });
  });

  it('takes values from ConfigMaps of the same cluster, later ones first, and from its own before all', async () => {
    const both = 'substituteFrom: [{ kind: ConfigMap, name: cluster }, { kind: ConfigMap, name: more }]\nsubstitute: { level: debug }\n';
    const tree = {
      'clusters/staging/apps.yaml': postBuild(both),
      'clusters/staging/vars.yaml': named('cluster', 'host: a.example\ncity: Bern\nlevel: error\n'),
      'clusters/staging/more.yaml': named('more', 'host: b.example\n'),
      'clusters/prod/apps.yaml': postBuild(FROM),
      'clusters/prod/vars.yaml': named('cluster', 'host: c.example\ncity: Genf\n'),
    };
    expect(await checkoutsIn(tree)).toEqual({
      staging: { host: 'b.example', level: 'debug', city: 'Bern' },
      prod: { host: 'c.example', level: 'info', city: 'Genf' },
    });
    expect(await gapsIn(tree)).toEqual([]);
  });

  it('takes no values from what another cluster has', async () => {
    const tree = {
      'clusters/staging/apps.yaml': postBuild(FROM),
      'clusters/staging/vars.yaml': named('cluster', 'host: a.example\ncity: Bern\n'),
      'clusters/prod/apps.yaml': postBuild(`${FROM}substitute: { city: Genf }\n`),
    };
    expect(await checkoutsIn(tree)).toMatchObject({ staging: { host: 'a.example' }, prod: { host: '${host}', level: '${level:=info}', city: 'Genf' } });
    const [gap, ...others] = await gapsIn(tree);
    expect(gap).toBe('ConfigMap "cluster", which gives variables, is not here: those that nothing else gives stay as they are written');
    expect(others).toEqual([]);
  });

  it('never fills in what a Secret gives', async () => {
    const tree = {
      'clusters/prod/apps.yaml': postBuild('substituteFrom: [{ kind: Secret, name: cluster }]\nsubstitute: { host: shop.example }\n'),
      'clusters/prod/vars.yaml': secret('cluster', 'city').replace('metadata:', 'metadata:\n  namespace: flux-system'),
    };
    expect(await checkoutsIn(tree)).toEqual({ prod: { host: 'shop.example', level: 'info', city: '${city}' } });
    expect(await gapsIn(tree)).toEqual([]);
  });

  it('tells clusters of one environment apart by their variables, and leads to what a filled path names', async () => {
    const path = fluxKustomization('team', './teams', 'postBuild: { substitute: { app: checkout } }');
    const tree = { 'clusters/prod/teams.yaml': path, 'teams/apps.yaml': fluxKustomization('apps', './apps/${app}') };
    const { variants } = await read({ ...CHECKOUT, ...tree });
    expect(variants.map(({ id }) => id)).toContain('checkout@prod');
  });

  it('counts the files that give values among those that a variant depends on', async () => {
    const tree = { 'clusters/prod/apps.yaml': postBuild(FROM), 'clusters/prod/vars.yaml': named('cluster', 'host: c.example\ncity: Genf\n') };
    const { variants } = await read({ ...CHECKOUT, ...tree });
    const checkout = variants.find(({ app }) => app.name === 'checkout');
    expect([...(checkout?.inputs ?? [])]).toEqual(expect.arrayContaining(['clusters/prod/apps.yaml', 'clusters/prod/vars.yaml']));
  });
});

import { describe, expect, it } from 'vitest';
import { repositoryOf as read } from '../../model/shop.ts';
import { application } from '../../rules/deployers.ts';
import { deployment, kustomization } from '../../rules/shop.ts';
import type { Tree } from '../../support/rule-tester.ts';

const CHECKOUT: Tree = {
  'apps/checkout/kustomization.yaml': kustomization(['deployment.yaml']),
  'apps/checkout/deployment.yaml': deployment('checkout', 'image: shop/checkout:1.0\n'),
};

function applications(source = ''): Tree {
  return {
    'clusters/dev/checkout.yaml': application('checkout-dev', 'apps/checkout', { source }),
    'clusters/prod/checkout.yaml': application('checkout-prod', 'apps/checkout', { source }),
  };
}

/** The image of each environment, and where its tag is written. */
async function imagesIn(tree: Tree): Promise<Record<string, unknown>> {
  const { variants } = await read(tree);
  const deployed = variants.filter(({ app }) => app.name === 'checkout');
  return Object.fromEntries(
    deployed.map(({ environment, resources }) => {
      const [resource] = resources;
      const image = resource?.field('spec', 'template', 'spec', 'containers', 0, 'image');
      const text = image?.node?.kind === 'scalar' ? image.node.text : '';
      return [environment.name, [text, image?.slice(text.length - 1, text.length).file.path]];
    }),
  );
}

const image = (tag: string) => `kustomize:\n  images:\n    - shop/checkout:${tag}\n`;

describe('what the folder of a source says of it', () => {
  it('counts for all Applications, and what names one of them counts more', async () => {
    const tree = {
      ...CHECKOUT,
      ...applications(),
      'apps/checkout/.argocd-source.yaml': image('1.1'),
      'apps/checkout/.argocd-source-checkout-prod.yaml': image('1.2'),
    };
    expect(await imagesIn(tree)).toEqual({
      dev: ['shop/checkout:1.1', 'apps/checkout/.argocd-source.yaml'],
      prod: ['shop/checkout:1.2', 'apps/checkout/.argocd-source-checkout-prod.yaml'],
    });
  });

  it('takes the place of lists of the Application, and goes into its maps', async () => {
    const own = 'kustomize:\n  namePrefix: eu-\n  images:\n    - shop/checkout:0.9\n';
    const { variants } = await read({ ...CHECKOUT, ...applications(own), 'apps/checkout/.argocd-source-checkout-prod.yaml': image('1.2') });
    const [dev, prod] = variants.filter(({ app }) => app.name === 'checkout').map(({ resources }) => [...resources][0]?.manifest);
    const pod = (tag: string) => ({ metadata: { name: 'eu-checkout' }, spec: { template: { spec: { containers: [{ image: `shop/checkout:${tag}` }] } } } });
    expect(dev).toMatchObject(pod('0.9'));
    expect(prod).toMatchObject(pod('1.2'));
  });

  it('gives parameters to a chart', async () => {
    const { variants } = await read({
      ...applications(),
      'apps/checkout/Chart.yaml': 'apiVersion: v2\nname: checkout\nversion: 1.0.0\n',
      'apps/checkout/values.yaml': 'replicas: 1\n',
      'apps/checkout/templates/map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: checkout }\ndata: { replicas: "{{ .Values.replicas }}" }\n',
      'apps/checkout/.argocd-source-checkout-prod.yaml': 'helm:\n  parameters:\n    - name: replicas\n      value: "3"\n',
    });
    const deployed = variants.filter(({ renderer }) => renderer === 'helm');
    expect(deployed.map(({ environment, resources }) => [environment.name, [...resources][0]?.manifest['data']])).toEqual([
      ['dev', { replicas: '1' }],
      ['prod', { replicas: '3' }],
    ]);
  });

  it('changes neither path nor repository, nor anything of an Application of another name', async () => {
    const tree = {
      ...CHECKOUT,
      ...applications(),
      'apps/checkout/.argocd-source.yaml': 'path: elsewhere\nrepoURL: https://git.other.example/x\n',
      'apps/checkout/.argocd-source-checkout.yaml': image('1.2'),
    };
    expect(await imagesIn(tree)).toMatchObject({ dev: ['shop/checkout:1.0', expect.anything()], prod: ['shop/checkout:1.0', expect.anything()] });
  });

  it.each(['- a\n', 'a: [\n'])('is a problem of the deployer where it is %j', async (text) => {
    const { deployerProblems } = await read({ ...CHECKOUT, ...applications(), 'apps/checkout/.argocd-source-checkout-prod.yaml': text });
    expect(deployerProblems.map(({ message, holder }) => [message, holder.id])).toEqual([
      ['"apps/checkout/.argocd-source-checkout-prod.yaml", which Argo CD lays over the source, is no map', 'clusters@prod'],
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import type { VariantSource } from '../../../src/model/discovery.ts';
import type { HelmSettings } from '../../../src/model/helm-settings.ts';
import type { Resource } from '../../../src/model/resource.ts';
import { createHelmRenderer } from '../../../src/render/helm/renderer.ts';
import { createRenderers } from '../../../src/render/index.ts';
import type { RenderOptions } from '../../../src/render/renderer.ts';
import { SourceFile } from '../../../src/text/source-file.ts';
import type { FieldPath } from '../../../src/tree/field-path.ts';
import { entriesOf, type Mapping } from '../../../src/tree/node.ts';
import { memoryWorkspace } from '../../../src/workspace/memory-workspace.ts';
import { parseYaml } from '../../../src/yaml/parse.ts';

type Tree = Readonly<Record<string, string>>;

const CHART: Tree = {
  'checkout/Chart.yaml': 'apiVersion: v2\nname: checkout\nversion: 1.2.3\n',
  'checkout/values.yaml': 'image:\n  repository: registry.example.org/checkout\n  tag: 1.0.0\nreplicas: 1\nenv: {}\n',
  'checkout/values-prod.yaml': 'image:\n  tag: 2.0.0\nenv:\n  LEDGER_URL: https://ledger\n',
  'checkout/templates/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
  namespace: {{ .Release.Namespace }}
spec:
  replicas: {{ .Values.replicas }}
  template:
    spec:
      containers:
        - name: checkout
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
          env:
          {{- range $name, $value := .Values.env }}
            - name: {{ $name }}
              value: {{ $value | quote }}
          {{- end }}
`,
};

const render = (tree: Tree, source: Partial<VariantSource> = {}, options: Partial<RenderOptions> = {}) =>
  createRenderers({ workspace: memoryWorkspace(tree), loadRestrictor: 'root', createHelm: createHelmRenderer, ...options }).render({
    app: 'checkout',
    labels: {},
    root: 'checkout',
    renderer: 'helm',
    ...source,
  });

const prod = { values: ['checkout/values.yaml', 'checkout/values-prod.yaml'] };
const DEPLOYMENT = CHART['checkout/templates/deployment.yaml'] ?? '';

const NOTHING_SAID: HelmSettings = { replacesDefaults: false, inline: [], parameters: [], apiVersions: [], skipsCrds: false, postRenderers: [] };

function parameter(line: string) {
  const [entry] = entriesOf(parseYaml(new SourceFile('app.yaml', `parameters:\n  ${line}\n`)).documents[0]?.root, 'parameters');
  if (entry?.value.kind !== 'scalar') throw new Error('a parameter is a scalar');
  return { name: entry.key, value: entry.value };
}

function namePrefix(prefix: string): Mapping {
  const root = parseYaml(new SourceFile('release.yaml', `namePrefix: ${prefix}\n`)).documents[0]?.root;
  if (root?.kind !== 'mapping') throw new Error('a post-renderer is a mapping');
  return root;
}

/** The lines that a field comes from: `file:line how`. */
function linesOf(resource: Resource | undefined, ...path: FieldPath): string[] {
  return (resource?.field(...path).origins() ?? []).map(({ file, start, how }) => `${file.path}:${file.positionAt(start).line} ${how}`);
}

const container: FieldPath = ['spec', 'template', 'spec', 'containers', 0];
const textAt = (resource: Resource | undefined, ...path: FieldPath) => {
  const node = resource?.field(...path).node;
  return node?.kind === 'scalar' ? node.text : undefined;
};

describe('a value that a template reads from a file of its chart', () => {
  const tree = (expression: string): Tree => ({
    'checkout/Chart.yaml': 'apiVersion: v2\nname: checkout\nversion: 1.2.3\n',
    'checkout/tags/prod': '# of production\nweb: "2.2.16"\n',
    'checkout/templates/settings.yaml': `{{- $tags := .Files.Get "tags/prod" | fromYaml -}}\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: checkout }\ndata:\n  tag: ${expression}\n`,
  });

  it.each(['{{ $tags.web }}', '"{{ $tags.web }}"', '{{ $tags.web | quote }}', '{{ get $tags "web" | quote }}'])('is written there: %s', (expression) => {
    const [settings] = render(tree(expression)).resources;
    const [origin] = settings?.field('data', 'tag').origins() ?? [];
    expect([origin?.file.path, origin?.file.positionAt(origin.start).line, origin?.how]).toEqual(['checkout/tags/prod', 2, 'helm-value']);
  });
});

describe('a chart of the repository', () => {
  it('is rendered with the values of its environment', () => {
    const { status, resources, gaps, problems } = render(CHART, prod);
    expect({ status, gaps, problems }).toEqual({ status: 'rendered', gaps: [], problems: [] });
    expect(resources.map(({ id: { kind, name, namespace } }) => [kind, name, namespace])).toEqual([['Deployment', 'checkout', 'default']]);
    expect(textAt(resources[0], ...container, 'image')).toBe('registry.example.org/checkout:2.0.0');
  });

  it('says of each value which line of which file it comes from', () => {
    const [deployment] = render(CHART, prod).resources;
    expect(linesOf(deployment, 'spec', 'replicas')).toEqual(['checkout/values.yaml:4 helm-value']);
    expect(linesOf(deployment, ...container, 'image').sort()).toEqual([
      'checkout/templates/deployment.yaml:12 helm-template',
      'checkout/values-prod.yaml:2 helm-value',
      'checkout/values.yaml:2 helm-value',
    ]);
    expect(linesOf(deployment, ...container, 'env', 0, 'name')).toEqual(['checkout/values-prod.yaml:4 helm-value']);
    expect(linesOf(deployment, ...container, 'env', 0, 'value')).toContain('checkout/values-prod.yaml:4 helm-value');
    expect(linesOf(deployment, 'kind')).toEqual(['checkout/templates/deployment.yaml:2 helm-template']);
  });

  it('points at the very letters of a tag', () => {
    const [deployment] = render(CHART, prod).resources;
    const image = deployment?.field(...container, 'image');
    const whole = 'registry.example.org/checkout:2.0.0';
    const { file, start, end } = image?.slice(whole.indexOf('2.0.0'), whole.length) ?? {};
    expect([file?.path, file?.text.slice(start, end)]).toEqual(['checkout/values-prod.yaml', '2.0.0']);
  });

  it('depends on its own files, and not on the values of other environments', () => {
    expect([...render(CHART).inputs].sort()).toEqual(['checkout/Chart.yaml', 'checkout/templates/deployment.yaml', 'checkout/values.yaml']);
  });

  it('obeys its deployer', () => {
    const helm: HelmSettings = { ...NOTHING_SAID, releaseName: 'blue', namespace: 'shop', parameters: [{ ...parameter('replicas: 7'), isString: false }] };
    const [deployment] = render(CHART, { ...prod, helm, key: 'blue' }).resources;
    expect(deployment?.id).toMatchObject({ name: 'blue', namespace: 'shop' });
    expect(textAt(deployment, 'spec', 'replicas')).toBe('7');
  });

  it('is asked what it is for a version of Kubernetes', () => {
    const tree = { ...CHART, 'checkout/templates/deployment.yaml': DEPLOYMENT.replace('.Release.Name', '.Capabilities.KubeVersion.Version') };
    expect(render(tree, { kubeVersion: '1.27' }).resources[0]?.id.name).toBe('v1.27.0');
  });

  it('reads nulls as the Helm that is asked for', () => {
    const tree = {
      ...CHART,
      'checkout/values.yaml': 'image: { repository: a, tag: b }\nreplicas: null\nenv: {}\n',
      'checkout/templates/deployment.yaml': DEPLOYMENT.replace('.Release.Name', 'hasKey .Values "replicas"'),
    };
    const names = ([3, 4] as const).map((helmVersion) => render(tree, {}, { helmVersion }).resources[0]?.id.name);
    expect(new Set(names).size).toBe(2);
  });
});

describe('what Flux does behind Helm', () => {
  const patched = (patch: string): HelmSettings => {
    const root = parseYaml(new SourceFile('release.yaml', `patches:\n  - target: { kind: Deployment }\n    patch: |\n${patch}`)).documents[0]?.root;
    if (root?.kind !== 'mapping') throw new Error('a post-renderer is a mapping');
    return { ...NOTHING_SAID, postRenderers: [{ fields: root, labels: [], annotations: [] }] };
  };

  it('is a kustomization over the release, whose lines count from then on', () => {
    const helm = patched('      - op: replace\n        path: /spec/replicas\n        value: 9\n');
    const { status, resources, effects } = render(CHART, { ...prod, helm, key: 'x' });
    expect([status, textAt(resources[0], 'spec', 'replicas')]).toEqual(['rendered', '9']);
    expect(linesOf(resources[0], 'spec', 'replicas')).toEqual(['release.yaml:6 json-patch', 'checkout/values.yaml:4 helm-value']);
    expect(linesOf(resources[0], ...container, 'env', 0, 'name')).toEqual(['checkout/values-prod.yaml:4 helm-value']);
    expect(effects.map(({ field, targets }) => [field, targets])).toEqual([['patches', 1]]);
  });

  it('leaves hooks alone', () => {
    const hook = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: migrate\n  annotations:\n    helm.sh/hook: pre-install\n';
    const helm = { ...NOTHING_SAID, postRenderers: [{ fields: namePrefix('blue-'), labels: [], annotations: [] }] };
    const { resources } = render({ ...CHART, 'checkout/templates/hook.yaml': hook }, { helm, key: 'x' });
    expect(resources.map(({ id: { name } }) => name)).toEqual(['blue-checkout', 'migrate']);
  });
});

describe('what a cluster gets of a chart', () => {
  const more: Tree = {
    ...CHART,
    'checkout/crds/shop.yaml': 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: shops.example.org\n',
    'checkout/templates/hooks.yaml': ['pre-install', 'test']
      .map((hook) => `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${hook}\n  annotations:\n    helm.sh/hook: ${hook}\n`)
      .join('---\n'),
    'checkout/templates/NOTES.txt': 'Thank you for {{ .Release.Name }}.\n',
  };

  it('are custom resources, the release and its hooks, but no tests and no notes', () => {
    expect(render(more).resources.map(({ id: { name } }) => name)).toEqual(['shops.example.org', 'checkout', 'pre-install']);
  });

  it('are no custom resources where its deployer skips them', () => {
    const helm: HelmSettings = { ...NOTHING_SAID, skipsCrds: true };
    expect(render(more, { helm, key: 'x' }).resources.map(({ id: { name } }) => name)).toEqual(['checkout', 'pre-install']);
  });
});

describe('a chart of which something is missing', () => {
  it('is partial where a subchart would have to be fetched', () => {
    const tree = {
      ...CHART,
      'checkout/Chart.yaml': `${CHART['checkout/Chart.yaml']}dependencies:\n  - name: redis\n    version: 1.0.0\n    repository: https://charts.example.org\n`,
    };
    const { status, gaps, problems, resources } = render(tree);
    expect({ status, problems, names: resources.map(({ id }) => id.name) }).toEqual({ status: 'partial', problems: [], names: ['checkout'] });
    expect(gaps.map(({ cause, message, origin }) => [cause, message, `${origin.file.path}:${origin.file.positionAt(origin.start).line}`])).toEqual([
      ['helm', 'chart "redis", on which "checkout" depends, is not fetched', 'checkout/Chart.yaml:5'],
    ]);
  });

  it('is partial where values are templates of another tool', () => {
    const tree = { ...CHART, 'checkout/values-prod.yaml': 'replicas: {{ .Environment.Values.replicas }}\n' };
    const { status, gaps, problems } = render(tree, prod);
    expect([status, problems, gaps.map(({ message }) => message)]).toEqual([
      'partial',
      [],
      ['"checkout/values-prod.yaml" is a template, which is not filled in'],
    ]);
  });
});

describe('a chart that Helm refuses', () => {
  it('fails at the line of the template', () => {
    const tree = { ...CHART, 'checkout/templates/deployment.yaml': DEPLOYMENT.replace('.Values.replicas', 'required "say how many" .Values.none') };
    const { status, problems } = render(tree);
    expect(status).toBe('failed');
    expect(problems.map(({ message, origin }) => [message, `${origin.file.path}:${origin.file.positionAt(origin.start).line}`])).toEqual([
      [expect.stringContaining('say how many'), 'checkout/templates/deployment.yaml:7'],
    ]);
  });

  it('fails where its Chart.yaml cannot be read', () => {
    const { status, problems } = render({ ...CHART, 'checkout/Chart.yaml': 'name: [checkout\n' });
    expect(status).toBe('failed');
    expect(problems.map(({ origin }) => origin.file.path)).toEqual(['checkout/Chart.yaml']);
  });

  it('fails where a template puts out no YAML, said of the template', () => {
    const { status, problems } = render({ ...CHART, 'checkout/templates/deployment.yaml': `${DEPLOYMENT}  bad: [\n` });
    expect(status).toBe('failed');
    expect(problems.map(({ origin }) => origin.file.path)).toEqual(['checkout/templates/deployment.yaml']);
  });
});

describe('values files that a deployer names', () => {
  const tree = { ...CHART, 'checkout/values-prod.yaml': 'replicas: 2\n' };
  const replicas = (values: readonly string[], more: Partial<HelmSettings> = {}) => {
    const { resources } = render(tree, { values: values.map((name) => `checkout/${name}`), helm: { ...NOTHING_SAID, ...more }, key: values.join() });
    return [textAt(resources[0], 'spec', 'replicas'), textAt(resources[0], ...container, 'image')];
  };

  it('count in their order, also when the defaults are named again', () => {
    expect(replicas(['values.yaml', 'values-prod.yaml'])[0]).toBe('2');
    expect(replicas(['values.yaml', 'values-prod.yaml', 'values.yaml'])[0]).toBe('1');
  });

  it('may take the place of the defaults, and name these as one of them', () => {
    expect(replicas(['values.yaml', 'values-prod.yaml'], { replacesDefaults: true })).toEqual(['2', 'registry.example.org/checkout:1.0.0']);
  });
});

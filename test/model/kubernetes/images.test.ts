import { describe, expect, it } from 'vitest';
import { imagesOf } from '../../../src/model/kubernetes/images.ts';
import { containersOf, podTemplateOf } from '../../../src/model/kubernetes/pod-template.ts';
import { formatFieldPath } from '../../../src/tree/field-path.ts';
import { yaml } from '../../support/rule-tester.ts';
import { resourceOf } from '../shop.ts';

const imagesIn = (text: string) => [...imagesOf(resourceOf(text))].map(({ text: image, path }) => `${formatFieldPath(path)} ${image}`);
const custom = (spec: string) => `apiVersion: shop.example/v1\nkind: Stall\nmetadata:\n  name: checkout\nspec:\n${spec}`;

describe('the images of', () => {
  it('a workload are those of all its containers', () => {
    const text = yaml`
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: checkout }
      spec:
        template:
          spec:
            initContainers: [{ name: migrate, image: shop/migrate }]
            containers:
              - { name: checkout, image: "shop/checkout:1.4.0" }
              - { name: proxy, image: "" }
              - { name: later, image: "shop/later:$(TAG)" }
              - { image: shop/nameless }
            ephemeralContainers: [{ name: debug, image: "busybox:1" }]
    `;
    expect(imagesIn(text)).toEqual([
      'spec.template.spec.initContainers[0].image shop/migrate',
      'spec.template.spec.containers[0].image shop/checkout:1.4.0',
      'spec.template.spec.containers[3].image shop/nameless',
      'spec.template.spec.ephemeralContainers[0].image busybox:1',
    ]);
  });

  it('a Tekton task are those of its steps and sidecars', () => {
    const text =
      'apiVersion: tekton.dev/v1\nkind: Task\nmetadata: { name: build }\nspec:\n  steps: [{ image: builder }]\n  sidecars: [{ image: "docker:27" }]\n';
    expect(imagesIn(text)).toEqual(['spec.steps[0].image builder', 'spec.sidecars[0].image docker:27']);
  });

  it.each<[string, string, readonly string[]]>([
    ['with a tag', '  image: shop/checkout:1.4.0\n', ['spec.image shop/checkout:1.4.0']],
    ['with a digest', `  image: shop/checkout@sha256:${'0'.repeat(64)}\n`, [`spec.image shop/checkout@sha256:${'0'.repeat(64)}`]],
    ['with a port', '  image: registry:5000/checkout:1\n', ['spec.image registry:5000/checkout:1']],
    ['deep within', '  a:\n    - b: { image: "shop/checkout:1" }\n', ['spec.a[0].b.image shop/checkout:1']],
    ['without a tag, which may be anything', '  image: ubuntu\n', []],
    ['without a tag, behind a port', '  image: registry:5000/checkout\n', []],
    ['half a reference beside a version', '  image: driver:x\n  version: "550"\n', []],
    ['half a reference beside a tag', '  image: shop/checkout\n  tag: 1.4.0\n', []],
    ['an address', '  image: https://shop.example/logo.png\n', []],
    ['a template', '  image: "{{ image }}:1"\n', []],
    ['a variable', '  image: "${IMAGE}:1"\n', []],
    ['a placeholder', '  image: <image:tag>\n', []],
    ['a mapping', '  image: { repository: shop/checkout, tag: 1.4.0 }\n', []],
  ])('a custom resource: %s', (_, spec, expected) => {
    expect(imagesIn(custom(spec))).toEqual(expected);
  });

  it.each<[string, string, readonly string[]]>([
    [
      'a workflow of Argo',
      '  templates: [{ name: a, container: { image: alpine } }, { name: b, script: { image: "python:3.13", source: x } }]\n',
      ['spec.templates[0].container.image alpine', 'spec.templates[1].script.image python:3.13'],
    ],
    [
      'a step template and a bundle of Tekton',
      '  stepTemplate: { image: alpine }\n  taskRef: { name: build, bundle: "shop/tasks:1.2" }\n',
      ['spec.stepTemplate.image alpine', 'spec.taskRef.bundle shop/tasks:1.2'],
    ],
    [
      'a bundle as a parameter',
      '  params: [{ name: bundle, value: "shop/tasks:1.2" }, { name: kind, value: task }]\n',
      ['spec.params[0].value shop/tasks:1.2'],
    ],
    ['a cluster of CloudNativePG', '  imageName: ghcr.io/cloudnative-pg/postgresql:17.5\n', ['spec.imageName ghcr.io/cloudnative-pg/postgresql:17.5']],
    ['a volume', '  volumes: [{ name: model, image: { reference: "shop/model:3", pullPolicy: Always } }]\n', ['spec.volumes[0].image.reference shop/model:3']],
    [
      'a tag of an ImageStream',
      '  tags: [{ name: "3", from: { kind: DockerImage, name: "shop/checkout:3" } }, { from: { kind: ImageStreamTag, name: "a:3" } }]\n',
      ['spec.tags[0].from.name shop/checkout:3'],
    ],
    [
      'variables that name one',
      '  env: [{ name: RELATED_IMAGE_PROXY, value: "shop/proxy:1" }, { name: WORKER_IMAGE, value: "shop/w:2" }, { name: BASE_IMAGE, value: ubuntu }]\n',
      ['spec.env[0].value shop/proxy:1', 'spec.env[1].value shop/w:2'],
    ],
    ['no image: what only has such a name', '  env: [{ name: IMAGE, value: "shop/a:1" }, { name: LOGO_IMAGE, value: "https://shop.example/a.png" }]\n', []],
  ])('%s', (_, spec, expected) => {
    expect(imagesIn(custom(spec))).toEqual(expected);
  });

  it.each(['CustomResourceDefinition', 'ConfigMap', 'Secret', 'ImagePolicy'])('a %s are none', (kind) => {
    expect(imagesIn(`apiVersion: v1\nkind: ${kind}\nmetadata: { name: a }\nspec: { image: "shop/checkout:1" }\n`)).toEqual([]);
  });
});

const SPEC = 'containers: [{ name: checkout }, { image: nameless }]\n';
const indented = (text: string, by: number) => text.replaceAll(/^(?=.)/gm, ' '.repeat(by));
const template = (by: number) => `${' '.repeat(by)}template:\n${' '.repeat(by + 2)}spec:\n${indented(SPEC, by + 4)}`;

describe('the containers of', () => {
  it.each<[string, string, string, string | undefined]>([
    ['v1', 'Pod', `spec:\n${indented(SPEC, 2)}`, 'spec'],
    ['apps/v1', 'Deployment', `spec:\n${template(2)}`, 'spec.template.spec'],
    ['apps/v1', 'StatefulSet', `spec:\n${template(2)}`, 'spec.template.spec'],
    ['apps/v1', 'DaemonSet', `spec:\n${template(2)}`, 'spec.template.spec'],
    ['batch/v1', 'Job', `spec:\n${template(2)}`, 'spec.template.spec'],
    ['batch/v1', 'CronJob', `spec:\n  jobTemplate:\n    spec:\n${template(6)}`, 'spec.jobTemplate.spec.template.spec'],
    ['argoproj.io/v1alpha1', 'Rollout', `spec:\n${template(2)}`, 'spec.template.spec'],
    ['serving.knative.dev/v1', 'Service', `spec:\n${template(2)}`, 'spec.template.spec'],
    ['v1', 'Service', `spec:\n${template(2)}`, undefined],
    ['shop.example/v1', 'Stall', `spec:\n${template(2)}`, undefined],
    ['apps/v1', 'Deployment', 'spec: {}\n', undefined],
  ])('%s %s', (apiVersion, kind, rest, path) => {
    const resource = resourceOf(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: checkout }\n${rest}`);
    const found = podTemplateOf(resource);
    expect(found && formatFieldPath(found.path)).toBe(path);
    const expected = path === undefined ? [] : [`checkout ${path}.containers[0] containers`];
    expect(containersOf(resource).map(({ name, path: at, list }) => `${name} ${formatFieldPath(at)} ${list}`)).toEqual(expected);
  });
});

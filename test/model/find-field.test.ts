import { expect, it } from 'vitest';
import { findResources, namesOf } from '../../src/model/find-field.ts';
import { build } from '../render/building.ts';

const { resources } = build({
  'kustomization.yaml': 'namePrefix: eu-\nsecretGenerator:\n  - name: creds\n    literals: [password=hunter2]\nresources: [ledger.yaml]\n',
  'ledger.yaml': 'apiVersion: v1\nkind: Service\nmetadata:\n  name: ledger\n',
});

it('names generated objects without their hash, which tells of their content', () => {
  expect(namesOf(resources)).toEqual(['Secret/eu-creds', 'Service/eu-ledger']);
});

it.each(['Secret/creds', 'Secret/eu-creds', 'eu-creds', `secret/${resources.find(({ id }) => id.kind === 'Secret')?.id.name ?? ''}`])(
  'finds them by "%s"',
  (text) => {
    expect(findResources(resources, text).map(({ id }) => id.kind)).toEqual(['Secret']);
  },
);

import { expect, it } from 'vitest';
import { isWeaker } from '../../src/model/strength.ts';
import { SourceFile } from '../../src/text/source-file.ts';
import { childOf } from '../../src/tree/node.ts';
import { parseYaml } from '../../src/yaml/parse.ts';

const node = (value: string) => childOf(parseYaml(new SourceFile('a.yaml', `a: ${value}\n`)).documents[0]?.root, 'a');
const weaker = (name: string, earlier: string, later: string | undefined) => {
  const before = node(earlier);
  if (!before) throw new Error('there is no value');
  return isWeaker(name, before, later === undefined ? undefined : node(later));
};

it.each([
  ['runAsNonRoot', 'true', 'false'],
  ['runAsNonRoot', 'true', undefined],
  ['allowPrivilegeEscalation', 'false', undefined],
  ['privileged', 'false', 'true'],
  ['hostNetwork', 'false', 'true'],
  ['cpu', '500m', '250m'],
  ['memory', '1Gi', '900Mi'],
  ['minAvailable', '50%', '25%'],
  ['enforce', 'restricted', 'baseline'],
  ['type', 'RuntimeDefault', 'Unconfined'],
  ['drop', '[ALL]', '[NET_RAW]'],
  ['add', '[]', '[SYS_ADMIN]'],
  ['replicas', '3', undefined],
])('%s: from %s to %s is weaker', (name, earlier, later) => {
  expect(weaker(name, earlier, later)).toBe(true);
});

it.each([
  ['privileged', 'false', undefined],
  ['hostPID', 'false', undefined],
  ['runAsNonRoot', 'false', undefined],
  ['cpu', '500m', '0.5'],
  ['memory', '1Gi', '2Gi'],
  ['enforce', 'baseline', 'restricted'],
  ['drop', '[NET_RAW]', '[ALL]'],
  ['name', 'a', 'b'],
])('%s: from %s to %s is not', (name, earlier, later) => {
  expect(weaker(name, earlier, later)).toBe(false);
});

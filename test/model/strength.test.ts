import { expect, it } from 'vitest';
import { isWeaker, levelOf } from '../../src/model/strength.ts';
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
  ['drop', '[ALL]', undefined],
  ['drop', '[NET_RAW]', undefined],
  ['drop', '[NET_RAW, MKNOD]', '[SYS_CHROOT, NET_RAW]'],
  ['drop', '[all]', '[NET_RAW]'],
  ['add', '[NET_BIND_SERVICE]', '[SYS_ADMIN]'],
  ['add', '[NET_BIND_SERVICE]', '[ALL]'],
  ['type', 'Localhost', 'Unconfined'],
  ['type', 'RuntimeDefault', undefined],
  ['type', 'ClusterIP', undefined],
  ['pod-security.kubernetes.io/enforce', 'restricted', undefined],
  ['pod-security.kubernetes.io/enforce', 'baseline', 'privileged'],
  ['automountServiceAccountToken', 'false', undefined],
  ['readOnlyRootFilesystem', 'true', '~'],
  ['minAvailable', '2', '1'],
  ['bid', '2', '1'],
  ['transport', '2', '1'],
  ['runAsUser', '1000', '0'],
  ['fsGroup', '1000', undefined],
  ['mode', 'STRICT', 'DISABLE'],
  ['mode', 'PERMISSIVE', 'DISABLE'],
  ['replicas', '3', undefined],
  ['constructor', 'a', undefined],
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
  ['drop', '[ALL]', '[all]'],
  ['drop', '[NET_RAW]', '[all]'],
  ['drop', '[net_raw]', '[NET_RAW]'],
  ['add', '[NET_ADMIN]', undefined],
  ['add', '[NET_ADMIN]', '[]'],
  ['add', '[ALL]', '[SYS_ADMIN]'],
  ['type', 'Unconfined', undefined],
  ['type', 'RuntimeDefault', 'Localhost'],
  ['type', 'ClusterIP', 'LoadBalancer'],
  ['pod-security.kubernetes.io/enforce', 'privileged', undefined],
  ['pod-security.kubernetes.io/warn', 'privileged', undefined],
  ['pod-security.kubernetes.io/enforce', '${LEVEL}', undefined],
  ['privileged', '~', 'false'],
  ['runAsNonRoot', 'true', '${NON_ROOT}'],
  ['allowPrivilegeEscalation', 'true', undefined],
  ['automountServiceAccountToken', 'true', undefined],
  ['minAvailable', '1', '50%'],
  ['minAvailable', '50%', '1'],
  ['runAsUser', '65534', '1000'],
  ['runAsGroup', '2000', '1000'],
  ['fsGroup', '10000', '1000'],
  ['runAsUser', '0', '1000'],
  ['containerPort', '8443', '8080'],
  ['port', '443', '80'],
  ['nodePort', '30443', '30080'],
  ['accountId', '222222222222', '111111111111'],
  ['SHOP_ACCOUNT_ID', '"222222222222"', '"111111111111"'],
  ['mode', 'DISABLE', 'PERMISSIVE'],
  ['name', 'a', 'b'],
])('%s: from %s to %s is not', (name, earlier, later) => {
  expect(weaker(name, earlier, later)).toBe(false);
});

it.each([
  ['runAsNonRoot', ['true', 'false']],
  ['readOnlyRootFilesystem', ['true', 'false']],
  ['allowPrivilegeEscalation', ['false', 'true']],
  ['automountServiceAccountToken', ['false', 'true']],
])('%s does not protect where nobody sets it', (name, [safe, unsafe]) => {
  expect(levelOf(name, undefined)).toBe(levelOf(name, node(unsafe ?? '')));
  expect(levelOf(name, node(safe ?? ''))).toBeGreaterThan(levelOf(name, undefined) ?? Number.NaN);
});

it.each(['privileged', 'hostNetwork', 'hostPID', 'hostIPC'])('%s has to be switched on', (name) => {
  expect(levelOf(name, undefined)).toBe(levelOf(name, node('false')));
  expect(levelOf(name, node('true'))).toBeLessThan(levelOf(name, undefined) ?? Number.NaN);
});

it('puts what nodes give by themselves between a profile and none', () => {
  expect(levelOf('type', node('Unconfined'))).toBeLessThan(levelOf('type', undefined) ?? Number.NaN);
  expect(levelOf('type', node('Localhost'))).toBeGreaterThan(levelOf('type', undefined) ?? Number.NaN);
});

it('knows no level of what it does not know', () => {
  for (const [name, value] of [
    ['replicas', '3'],
    ['constructor', 'a'],
    ['type', 'ClusterIP'],
    ['drop', 'ALL'],
    ['privileged', '${PRIVILEGED}'],
    ['readOnlyRootFilesystem', '{}'],
  ] as const)
    expect([name, levelOf(name, node(value))]).toEqual([name, undefined]);
});

import { describe, expect, it } from 'vitest';
import { folderWith, run } from '../support/cli.ts';

const configMap = (line: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: checkout\ndata:\n  URL: ${line}\n`;
const MARKER = '# gitops-lint-pending: @payments, comes with ticket 12';
const tree = {
  'environments/dev/checkout.yaml': configMap('https://payments.dev.shop.example'),
  'environments/production/checkout.yaml': configMap(`TODO ${MARKER}`),
};

describe('what is pending', () => {
  it('passes as long as no gate is asked for, and at those of other environments', () => {
    const cwd = folderWith(tree);
    expect(run(['lint'], { cwd }).code).toBe(0);
    expect(run(['lint', '--gate', 'dev'], { cwd }).code).toBe(0);
    const { findings } = JSON.parse(run(['lint', '--format', 'json'], { cwd }).out) as { findings: { suppressed: object }[] };
    expect(findings.map(({ suppressed }) => suppressed)).toEqual([{ by: 'comment', reason: 'pending: @payments, comes with ticket 12' }]);
  });

  it('fails at the gate of its environment, which a glob may name', () => {
    const cwd = folderWith(tree);
    const { code, out } = run(['lint', '--gate', 'production'], { cwd });
    expect(code).toBe(1);
    expect(out).toMatch(/environments\/production\/checkout\.yaml:6:8\n +error +"URL" holds a placeholder/);
    expect(run(['lint', '--gate', 'prod*'], { cwd }).code).toBe(1);
  });

  it('has no gate where there is no such environment', () => {
    const { code, err } = run(['lint', '--gate', 'prodution'], { cwd: folderWith(tree) });
    expect(code).toBe(2);
    expect(err).toBe('gitops-lint: there is no environment "prodution"\n  Did you mean "production"?\n');
    expect(run(['lint', '--gate', 'q*'], { cwd: folderWith(tree) }).err).toBe('gitops-lint: there is no environment "q*"\n  There is dev, production.\n');
  });
});

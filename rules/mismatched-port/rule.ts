import { APART, type App, defineRule, groupBy, isUnfilled, lineKeyOf } from '../../src/rule/index.ts';
import { type Port, type PortTwins, portsOf } from './ports.ts';

export default defineRule({
  id: 'mismatched-port',
  meta: {
    summary: 'Disallow ports of containers, Services and probes that siblings do not share',
    category: 'drift',
    severity: 'warning',
    ladder: 'laddered',
    preset: 'recommended',
    since: '0.1.0',
    hint: 'Use the port that the others use, or change all that leads to it.',
    messages: {
      other: '{{what}}, which is {{others}} elsewhere, is {{port}}',
      closed: '{{what}}, which leads to an open port elsewhere, is {{port}}, which is closed',
    },
  },
  create({ report }) {
    return {
      app(app) {
        for (const { what, wrong, example, isClosed } of mismatchesIn(app)) {
          const [first] = wrong;
          const places = {
            at: first.resource.field(...first.path),
            variants: wrong.map(({ variant }) => variant),
            comparedWith: example.map(({ variant }) => variant),
            related: [{ at: example[0].resource.field(...example[0].path), message: `what ${example[0].variant.environment.name} has` }],
          };
          const data = { what, port: shown(first.text) };
          if (isClosed) report({ messageId: 'closed', data, ...places });
          else report({ messageId: 'other', data: { ...data, others: shown(example[0].text) }, ...places });
        }
      },
    };
  },
});

type Ports = readonly [Port, ...Port[]];

interface Mismatch {
  readonly what: string;
  readonly wrong: Ports;
  readonly example: Ports;
  /** Nothing listens there; whatever siblings agree upon. */
  readonly isClosed: boolean;
}

function mismatchesIn(app: App): Mismatch[] {
  return portsOf(app).flatMap(({ what, ports }) => {
    const twins = { what, ports: ports.filter(({ text, variant }) => !isUnfilled(text) && !APART.has(variant.environment.tier)) };
    return byLine(twins).flatMap((wrong) => mismatchOf(twins, wrong) ?? []);
  });
}

/** Variants that share a line share a finding. */
function byLine({ ports }: PortTwins): Ports[] {
  return [...groupBy(ports, ({ resource, path, text }) => `${lineKeyOf(resource.field(...path).origins()[0])}\0${text}`).values()];
}

function mismatchOf({ what, ports }: PortTwins, wrong: Ports): Mismatch | undefined {
  const [first] = wrong;
  if (wrong.some(({ isMoved }) => isMoved)) return undefined;
  const others = [
    ...groupBy(
      ports.filter(({ text }) => text !== first.text),
      ({ text }) => text,
    ).values(),
  ];
  const open = others.find((group) => group.every(({ opened, text }) => opened?.has(text)));
  if (open && wrong.every(({ opened, text }) => opened && !opened.has(text))) return { what, wrong, example: open, isClosed: true };
  const same = ports.filter(({ text }) => text === first.text);
  const [most] = others.sort((a, b) => environmentsOf(b) - environmentsOf(a));
  const areFew = most && environmentsOf(most) > 1 && environmentsOf(same) * 2 <= environmentsOf(most);
  return areFew && others.length === 1 ? { what, wrong, example: most, isClosed: false } : undefined;
}

function environmentsOf(ports: readonly Port[]): number {
  return new Set(ports.map(({ variant }) => variant.environment.name)).size;
}

function shown(text: string): string {
  return /^\d+$/.test(text) ? text : `"${text}"`;
}

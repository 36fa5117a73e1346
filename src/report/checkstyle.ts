import type { Severity } from '../model/finding.ts';
import { groupBy } from '../text/group-by.ts';
import { compareText } from '../text/location.ts';
import { type Annotation, annotationsOf } from './annotation.ts';
import { escapeXml } from './escape-xml.ts';
import type { Reporter } from './reporter.ts';

const SEVERITY: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'info' };

/** Checkstyle's XML, which most tools for reviews and reports read. It has no room for what was not checked. */
export const checkstyle: Reporter = (result) => {
  const inOrder = annotationsOf(result).sort((a, b) => a.place.span.start - b.place.span.start);
  const files = [...groupBy(inOrder, ({ place }) => place.file.name)].sort(([a], [b]) => compareText(a, b));
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<checkstyle version="4.3">',
    ...files.flatMap(([name, annotations]) => [`  <file name="${escapeXml(name)}">`, ...annotations.map(errorOf), '  </file>']),
    '</checkstyle>',
  ];
  return `${lines.join('\n')}\n`;
};

function errorOf({ finding: { ruleId, severity }, place, text }: Annotation): string {
  const { line, column } = place.file.positionAt(place.span.start);
  return `    <error line="${line}" column="${column}" severity="${SEVERITY[severity]}" message="${escapeXml(text)}" source="gitops-lint.${ruleId}"/>`;
}

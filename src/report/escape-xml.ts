const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** A text within XML 1.0, between tags and in attributes: what no document may hold is marked as lost. */
export function escapeXml(text: string): string {
  return (
    text
      .replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)
      .replaceAll(/[\t\n\r]/g, (sign) => `&#${sign.charCodeAt(0)};`)
      .replaceAll(/[\u0000-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu, '\uFFFD')
      // A CI reads commands out of any line: see withoutCommands.
      .replaceAll('##', '#&#35;')
      .replaceAll('::', ':&#58;')
  );
}

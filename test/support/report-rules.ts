/** What the readers of reports demand, as JSON schemas: only what they are known to refuse. */

const POSITION = {
  type: 'object',
  required: ['line'],
  additionalProperties: false,
  properties: { line: { type: 'integer', minimum: 1 }, column: { type: 'integer', minimum: 1 } },
};
const RANGE = { type: 'object', required: ['start'], additionalProperties: false, properties: { start: POSITION, end: POSITION } };
const LOCATION = { type: 'object', required: ['path'], additionalProperties: false, properties: { path: { type: 'string', minLength: 1 }, range: RANGE } };

const DIAGNOSTIC = {
  type: 'object',
  required: ['message', 'location', 'severity'],
  additionalProperties: false,
  properties: {
    message: { type: 'string', minLength: 1 },
    location: LOCATION,
    severity: { enum: ['ERROR', 'WARNING', 'INFO'] },
    source: { type: 'object', required: ['name'], additionalProperties: false, properties: { name: { type: 'string' }, url: { type: 'string' } } },
    code: { type: 'object', required: ['value'], additionalProperties: false, properties: { value: { type: 'string' }, url: { type: 'string' } } },
    suggestions: {
      type: 'array',
      items: { type: 'object', required: ['range', 'text'], additionalProperties: false, properties: { range: RANGE, text: { type: 'string' } } },
    },
    related_locations: {
      type: 'array',
      items: { type: 'object', required: ['location'], additionalProperties: false, properties: { message: { type: 'string' }, location: LOCATION } },
    },
  },
};

/** The Reviewdog Diagnostic Format: a diagnostic alone, and the result with all of them. A name that it does not know is refused. */
export const RDJSONL_LINE: object = DIAGNOSTIC;
export const RDJSON: object = {
  type: 'object',
  required: ['diagnostics'],
  additionalProperties: false,
  properties: { source: DIAGNOSTIC.properties.source, severity: DIAGNOSTIC.properties.severity, diagnostics: { type: 'array', items: DIAGNOSTIC } },
};

/** GitLab's Code Quality: it stops reading at the first entry that is not so. */
export const CODE_QUALITY: object = {
  type: 'array',
  items: {
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    properties: {
      description: { type: 'string', minLength: 1 },
      check_name: { type: 'string', minLength: 1 },
      fingerprint: { type: 'string', minLength: 1 },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path', 'lines'],
        properties: {
          // Compared as text with the paths of git.
          path: { type: 'string', pattern: '^(?!\\./|/)' },
          lines: { type: 'object', required: ['begin'], properties: { begin: { type: 'integer', minimum: 1 }, end: { type: 'integer', minimum: 1 } } },
        },
      },
    },
  },
};

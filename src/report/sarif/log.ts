/** What of SARIF 2.1.0 is written here, and no more: consumers read less than the standard has. */

export interface Text {
  readonly text: string;
}

export interface ArtifactLocation {
  readonly uri: string;
  readonly uriBaseId: string;
}

/** One-based, in UTF-16 code units; the end is exclusive. */
export interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface PhysicalLocation {
  readonly artifactLocation: ArtifactLocation;
  readonly region: Region;
}

/** The rest of its properties and its message are those of a result. */
export interface Notification {
  readonly level: 'note' | 'warning' | 'error';
  readonly message: Text;
  readonly locations?: readonly [{ readonly physicalLocation: PhysicalLocation }];
}

export interface RelatedPlace {
  readonly id: number;
  readonly message: Text;
  readonly physicalLocation: PhysicalLocation;
}

export interface FixOfFile {
  readonly artifactLocation: ArtifactLocation;
  readonly replacements: readonly { readonly deletedRegion: Region; readonly insertedContent?: Text }[];
}

export interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly kind: 'fail';
  readonly level: 'note' | 'warning' | 'error';
  readonly message: Text;
  readonly locations: readonly [
    { readonly physicalLocation: PhysicalLocation; readonly logicalLocations?: readonly { readonly fullyQualifiedName: string; readonly kind: string }[] },
  ];
  readonly relatedLocations?: readonly RelatedPlace[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly fixes?: readonly { readonly description: Text; readonly artifactChanges: readonly FixOfFile[] }[];
  readonly suppressions?: readonly { readonly kind: 'inSource' | 'external'; readonly status: 'accepted'; readonly justification: string }[];
  readonly baselineState?: 'new' | 'unchanged';
  readonly properties: object;
}

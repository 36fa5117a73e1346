/** All that a rule may import. */

export { authorFilesOf } from '../model/authors.ts';
export { variantBefore } from '../model/change.ts';
export { type ChartTwins, chartTwinsOf, givenPaths } from '../model/chart-twins.ts';
export type { ChartValue, ChartValues, GivenKey, UnreadKey } from '../model/chart-values.ts';
export { type ClusterTree, clusterOf, clusterTreesOf } from '../model/cluster-tree.ts';
export { type ContainerPlace, containersSideBySide } from '../model/container-twins.ts';
export { APART, counterpartsOf, isOfTemplate, lacking, type Twin, twinsOf, withoutEnvironment } from '../model/counterparts.ts';
export { deployerName, elementName, withoutStandIns, writtenName } from '../model/deployer-names.ts';
export type { Deployment, EnvironmentWord, NamedPath, NamedText } from '../model/deployment.ts';
export { additionBehind } from '../model/edits/add.ts';
export { withoutItem } from '../model/edits/config-list.ts';
export { entryRemovalOf } from '../model/edits/entry.ts';
export { extentOf, isFlow, type Member, valueIn, wayTo } from '../model/edits/members.ts';
export { lineEnd, lineStart, removalAt, removalOf, withoutBlank } from '../model/edits/remove.ts';
export { inQuotes, insertion, lineBreakOf, rewritten } from '../model/edits/write.ts';
export { type Environment, rankOf, type Tier } from '../model/environment.ts';
export { mentionsFor } from '../model/environment-words.ts';
export type { Fix } from '../model/finding.ts';
export { foreignWordsOf } from '../model/foreign-words.ts';
export { type Fork, type ForkedCopy, forksOf } from '../model/forks.ts';
export { type Breach, judge } from '../model/judge-contract.ts';
export { familyOf, isHardening } from '../model/kubernetes/alternatives.ts';
export { isForUsers, leastPodsOf, scalerOf, shareOf } from '../model/kubernetes/availability.ts';
export {
  type ConfigReference,
  configReferencesOf,
  definitionsOf,
  type EnvSource,
  envSourcesOf,
  writtenDefinitionsOf,
} from '../model/kubernetes/config-references.ts';
export { imageFaultOf } from '../model/kubernetes/image-fault.ts';
export { type ImagePath, imagePathOf, isSameImagePath } from '../model/kubernetes/image-path.ts';
export { areWrittenTogether, type PolicyMarker, policyMarkersOf } from '../model/kubernetes/image-policies.ts';
export { classifyTag, type ImageReference, parseImageReference } from '../model/kubernetes/image-reference.ts';
export { imagesOf } from '../model/kubernetes/images.ts';
export { entryAt, isEmptySelector, isMovingRevision, kustomizationOf, remotesOf, revisionOf, targetsOf } from '../model/kubernetes/kustomization.ts';
export { localReferencesOf } from '../model/kubernetes/local-references.ts';
export { numericTagsOf } from '../model/kubernetes/numeric-tag.ts';
export { phantomContainersOf } from '../model/kubernetes/phantom-containers.ts';
export { mismatchedPinsOf } from '../model/kubernetes/pins.ts';
export { type Container, containersOf, podTemplateOf } from '../model/kubernetes/pod-template.ts';
export { entryFor, hasTagForm, isFromRegistry } from '../model/kubernetes/registries.ts';
export { isAmong, selectablesOf, selectedIn } from '../model/kubernetes/selected.ts';
export { meets, type Selection, type SelectorTerm, selectionOf, type Target, targetOf } from '../model/kubernetes/selectors.ts';
export { formatSteps, isSetting } from '../model/leaves.ts';
export { lineKeyOf, linesOf } from '../model/lines.ts';
export { hasLostOverride } from '../model/lost-overrides.ts';
export { formatKeys, lastMemberOf, type PayloadKey, parentOf } from '../model/payload-keys.ts';
export { placeToAdd } from '../model/place-to-add.ts';
export { placeholderIn } from '../model/placeholder.ts';
export { type RenderChange, renderChanges } from '../model/render-changes.ts';
export type { Change, ReachedFile, Repository } from '../model/repository.ts';
export { type Field, formatResourceId, originOf, type Resource } from '../model/resource.ts';
export { isSaidToStayBelow } from '../model/said-where.ts';
export { isBlank, type Setting, settingTwinsOf } from '../model/settings.ts';
export { presenceIn, type SettingsText, settingsTextsOf } from '../model/settings-texts.ts';
export { type SharedObjects, sharedObjectsOf } from '../model/shared-objects.ts';
export { oddOnesOf, siblingsOf } from '../model/siblings.ts';
export { type Holding, type Slip, slipsAmong, withoutSlips } from '../model/slips.ts';
export { levelOf } from '../model/strength.ts';
export type { UnsetVariable } from '../model/substitution.ts';
export { classOf } from '../model/value-class.ts';
export { type App, isProduction, type Variant } from '../model/variant.ts';
export { headOf } from '../model/variant-head.ts';
export { type Artifact, type ArtifactUse, artifactsOf, eachVersionOnce, isSameVersion, toldOf } from '../model/versions/artifacts.ts';
export { promotedIn, type VersionChange } from '../model/versions/changes.ts';
export { meantUses } from '../model/versions/meant-uses.ts';
export { pinEditAt } from '../model/versions/pin-edit.ts';
export { productionSourcesOf } from '../model/versions/production-sources.ts';
export { nearestBefore } from '../model/versions/promotion.ts';
export { digestsIn } from '../model/versions/tagged-images.ts';
export { compareVersions, parseVersion } from '../model/versions/version.ts';
export { isVersionRange } from '../model/versions/version-range.ts';
export { isAheadOf, orderOf, usesBefore } from '../model/versions/version-table.ts';
export { placeOfVersion, type VersionUse, versionUsesOf } from '../model/versions/version-uses.ts';
export { waysOf } from '../model/ways.ts';
export type { TextEdit } from '../text/edit.ts';
export { firstOf } from '../text/first-of.ts';
export { groupBy } from '../text/group-by.ts';
export { nearestWord } from '../text/nearest-word.ts';
export { baseOf, folderOf, isWithin } from '../text/path.ts';
export { isSlip } from '../text/slip.ts';
export { isUnfilled, unfilledPath } from '../text/unfilled.ts';
export { sameMeaning } from '../tree/equality.ts';
export { type FieldPath, formatFieldPath, nodeAt } from '../tree/field-path.ts';
export { childOf, type Entry, entriesOf, entryOf, itemsOf, type Node, type Origin, textOf } from '../tree/node.ts';
export { sliceOf } from '../tree/slice.ts';
export { textsOf } from '../tree/texts.ts';
export { defineRule, type NeedlessMark, type Rule } from './rule.ts';

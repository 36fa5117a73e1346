/** All that a rule may import. */

export { type ClusterTree, clusterOf, clusterTreesOf } from '../model/cluster-tree.ts';
export { APART, counterpartsOf, isOfTemplate, lacking, type Twin, withoutEnvironment } from '../model/counterparts.ts';
export { deployerName, elementName, withoutStandIns, writtenName } from '../model/deployer-names.ts';
export type { Deployment, EnvironmentWord, NamedPath, NamedText } from '../model/deployment.ts';
export { type Environment, rankOf, type Tier } from '../model/environment.ts';
export { type ConfigReference, configReferencesOf, definitionsOf, writtenDefinitionsOf } from '../model/kubernetes/config-references.ts';
export { classifyTag, type ImageReference, parseImageReference } from '../model/kubernetes/image-reference.ts';
export { imagesOf } from '../model/kubernetes/images.ts';
export { entryAt, isEmptySelector, isMovingRevision, kustomizationOf, remotesOf, revisionOf, targetsOf } from '../model/kubernetes/kustomization.ts';
export { localReferencesOf } from '../model/kubernetes/local-references.ts';
export { type Container, containersOf } from '../model/kubernetes/pod-template.ts';
export { placeToAdd } from '../model/place-to-add.ts';
export type { ReachedFile, Repository } from '../model/repository.ts';
export { type Field, formatResourceId, type Resource } from '../model/resource.ts';
export { type SharedObjects, sharedObjectsOf } from '../model/shared-objects.ts';
export type { App, Variant } from '../model/variant.ts';
export { headOf } from '../model/variant-head.ts';
export { firstOf } from '../text/first-of.ts';
export { nearestWord } from '../text/nearest-word.ts';
export { isUnfilled, unfilledPath } from '../text/unfilled.ts';
export { sameMeaning } from '../tree/equality.ts';
export { type FieldPath, formatFieldPath, nodeAt } from '../tree/field-path.ts';
export type { Origin } from '../tree/node.ts';
export { childOf, type Entry, entriesOf, entryOf, itemsOf, type Node, type Scalar, textOf } from '../tree/node.ts';
export { sliceOf } from '../tree/slice.ts';
export { textsOf } from '../tree/texts.ts';
export { defineRule, type Rule } from './rule.ts';

export { familiesOf, type VersionEvidence, versionFamilies } from './families.ts';
export { headerTraits, type PostedTraits, traitsOf } from './traits.ts';

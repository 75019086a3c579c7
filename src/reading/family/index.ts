export { familiesOf } from './families.ts';
export { type PostedTraits, traitsOf } from './traits.ts';

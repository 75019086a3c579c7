export { type BodyLine, type BodyLines, bodyLinesOf, type LineKind } from './body-lines.ts';
export { type Definition, definitionOf } from './definition.ts';
export { type FootnoteTarget, footnotesOf } from './footnotes.ts';
export { type Address, addressesOf, fieldsOf, isoDate, messageIdsOf } from './header.ts';
export { type LogicalText, logicalTexts } from './logical.ts';
export { type Mention, mentionAt, mentionsOf, surroundingsOf } from './mentions.ts';
export { type Round, roundsOf } from './rounds.ts';
export { kindOf, type MessageKind, type SeriesPlace, seriesOf } from './series.ts';
export { type Voices, voicesOf } from './voices.ts';

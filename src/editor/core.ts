/**
 * The rooms behind the editor, evaluated on first use: starting the extension loads none of them.
 * Each is a type here and a promise at run time.
 */
export const features = () => {
  known ??= withPacks();
  return known;
};
/** What is asked about notes while they are written; it brings the readers of Markdown and YAML. */
export const authoringFeatures = async () => {
  await features();
  return import('#features/authoring');
};
/** What is made of mail for others: briefs, answers, reading paths. */
export const sharingFeatures = async () => {
  await features();
  return import('#features/sharing');
};
export const annotations = () => import('#annotations');
export const reading = () => import('#reading');
export const simulators = () => import('#simulators');
/** Knows mail from its first lines; much less than all the features. */
export const cut = () => import('#cut');

export type Features = typeof import('#features');

let known: Promise<Features> | undefined;

/** The features answer from notes, which are files: they are read beside them. */
async function withPacks(): Promise<Features> {
  const [rooms, { loadPacks }] = await Promise.all([import('#features'), import('./packs.ts')]);
  await loadPacks(rooms.usePacks);
  return rooms;
}

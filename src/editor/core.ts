/**
 * The rooms behind the editor, evaluated on first use: starting the extension loads none of them.
 * Each is a type here and a promise at run time.
 */
export const features = () => import('#features');
/** What is asked about notes while they are written; it brings the readers of Markdown and YAML. */
export const authoringFeatures = () => import('#features/authoring');
export const annotations = () => import('#annotations');
export const reading = () => import('#reading');
export const simulators = () => import('#simulators');
/** Knows mail from its first lines; much less than all the features. */
export const cut = () => import('#cut');

export type Features = Awaited<ReturnType<typeof features>>;

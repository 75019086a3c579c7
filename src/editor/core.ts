/**
 * The rooms behind the editor, evaluated on first use: starting the extension loads none of them.
 * Each is a type here and a promise at run time.
 */
export const features = () => import('#features');
export const annotations = () => import('#annotations');
export const reading = () => import('#reading');
export const simulators = () => import('#simulators');
/** Knows mail from its first lines; much less than all the features. */
export const cut = () => import('#cut');

export type Features = Awaited<ReturnType<typeof features>>;

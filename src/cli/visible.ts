/** Whatever of a mail is written to a terminal goes through this. */
export { visible } from '#features/sharing';

/** The version of every `--json` answer, raised when a member changes its meaning or goes; new members do not raise it. */
export const SCHEMA_VERSION = 1;

/** Before any suite is read: mocha's words become global. */

/** Counts and says nothing: run.ts reports. */
class Silent extends Mocha.reporters.Base {}

mocha.setup({ ui: 'bdd', reporter: Silent, timeout: 20_000 });

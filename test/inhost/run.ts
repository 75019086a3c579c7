/** What the extension host calls. Reports each test in a line that test/host/in-host.ts reads. */
export function run(): Promise<void> {
  return new Promise((resolve, reject) => {
    // `mocha.run` itself asks the page's address for options, and the Node host has none.
    const runner = Mocha.prototype.run.call(mocha, (failures) => {
      if (failures > 0) reject(new Error(`${failures} failed`));
      else resolve();
    });
    const report = (test: Mocha.Runnable, error?: Error) =>
      console.log(
        `in-host ${JSON.stringify({ title: test.fullTitle(), ...(error ? { error: String(error.stack ?? error) } : {}) })}`,
      );
    runner.on('pass', (test) => report(test));
    // A hook that fails is reported too; its title says which.
    runner.on('fail', (test, error) => report(test, error instanceof Error ? error : new Error(String(error))));
  });
}

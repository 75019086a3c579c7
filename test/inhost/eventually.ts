/** Asks again until the answer is right: file watchers and tabs take their time. */
export async function eventually(ask: () => string | Promise<string>, pattern: RegExp): Promise<void> {
  for (let left = 50; ; left--) {
    const answer = await ask();
    if (pattern.test(answer)) return;
    if (left === 0) throw new Error(`Expected ${pattern}, got ${JSON.stringify(answer)}`);
    await new Promise<void>((resolve) => setTimeout(resolve, 200));
  }
}

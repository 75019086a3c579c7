/** Notes of the reader's own folders may come from anybody: a workspace brings its own. */

/** What a link of a note may lead to. */
const safeTarget = /^(?:concept:[a-z0-9-]+|simulator:[a-z0-9-]+(?:\/[a-z0-9.-]+)?|https?:\/\/[^\s<>()]+)$/;

/**
 * The Markdown of a note without HTML, pictures, and links to anything but notes, simulators and the web. It is done on the
 * text, for readers of Markdown differ in what they take for code: without `<`, `![`, `](` and `]:` there is nothing to differ about.
 * What is broken so stays readable; an invisible space stands in it.
 */
export function withoutDanger(markdown: string): string {
  return markdown
    .replace(/<(?=[a-z/!?])/gi, '$&\u200b')
    .replace(/!(?=\[)/g, '$&\u200b')
    .replace(/\](?=[(:]\s*([^\s()]*))/g, (whole, target: string) =>
      // A bracket before a colon is a definition only at the start of a line; elsewhere it is prose, and loses nothing.
      safeTarget.test(target) ? whole : `${whole}\u200b`,
    );
}

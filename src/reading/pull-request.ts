/** What `git request-pull` asks for: where to fetch, and what. */
export interface PullRequest {
  url: string;
  /** A branch or a tag; absent where the repository's own head is meant. */
  ref?: string;
}

const SINCE = /^\s{0,8}The following changes since (?:commit|tag)\b/i;
const AVAILABLE = /^\s{0,8}are available in the git repository at:?\s*$/i;
const URL_AND_REF = /^\s{0,8}([\w+-]{1,20}(?::\/\/|@)[\w/.@:~+%-]{1,400})[\s\\]{0,80}([\w/._+-]{0,200})\s*$/;

/**
 * The pull request in the lines of a mail that are not quoted; a mailer may have put the tag on a line of its own.
 *
 *     The following changes since commit 0123456789ab:
 *     are available in the Git repository at:
 *
 *       https://example.org/tea.git tags/tea-6.9
 */
export function pullRequestOf(lines: Iterable<string>): PullRequest | undefined {
  let since = false;
  let available = false;
  let url: string | undefined;
  for (const line of lines) {
    if (url !== undefined) {
      const ref = /^\s{0,8}([\w/._+-]{1,200})\s*$/.exec(line.slice(0, 300))?.[1];
      return ref === undefined ? { url } : { url, ref };
    }
    if (available) {
      if (line.trim() === '') continue;
      const match = URL_AND_REF.exec(line.slice(0, 1000).trimEnd());
      if (!match?.[1]) available = false;
      else if (match[2]) return { url: match[1], ref: match[2] };
      else url = match[1];
    } else if (SINCE.test(line.slice(0, 60))) since = true;
    else if (since && AVAILABLE.test(line.slice(0, 200))) available = true;
  }
  return url === undefined ? undefined : { url };
}

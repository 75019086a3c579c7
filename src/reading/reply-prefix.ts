/** What mailers put before the subject of an answer or a forwarded mail. */
const WORDS =
  /^(?:re|aw|antw|antwort|sv|vs|fwd?|wg|rv|rép|res|enc|odp|vá|ynt|回复|回覆|答复|转发|轉寄|ответ|на)(?:\s?[[(]\d{1,3}[\])]|\^\d{1,3}|\d{1,2})?\s?[:：]/i;
/** Words of other languages, where a bracket follows: `tr: fix the pot` is the name of a part. */
const SHORT = /^\p{L}{1,4}\s?[:：]\s{0,4}(?=\[)/u;

/** So many prefixes are taken off. */
const MOST = 20;

/** Whether a subject says that its mail answers or forwards another one. */
export function saysReply(subject: string): boolean {
  const text = subject.trimStart();
  return WORDS.test(text) || SHORT.test(text);
}

/** `Re: Re[2]: AW: [PATCH] tea` without what stands before the bracket. */
export function withoutReply(subject: string): string {
  let rest = subject.trim();
  for (let count = 0; count < MOST && saysReply(rest); count++) rest = rest.slice(rest.search(/[:：]/) + 1).trimStart();
  return rest;
}

import { sha256 } from '#annotations';
import { base64 } from '../base64.ts';

export const STYLE = `:root{color-scheme:light dark;--edge:#8888;--paper:#8881;background:light-dark(#fff,#121212);color:light-dark(#1b1b1b,#f2f2f2)}
a{color:light-dark(#0a4fa8,#9ec1ff)}
body{margin:0 auto;max-width:52rem;padding:1rem 1.5rem;font:1rem/1.5 system-ui,sans-serif}
h1{font-size:1.25rem;line-height:1.3}
header p,footer{opacity:.8;margin:.1rem 0}
pre{font:.9rem/1.45 ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
pre span{display:block;min-height:1lh}
.quoted{border-left:3px solid;padding-left:.5rem;opacity:.85}
.d1{border-color:#2a7fb8}.d2{border-color:#8a5fb0}.d3{border-color:#b07a1c}
.added{background:#2da04426}.removed{background:#d1242f26}
.hunk,.diff-header,.attribution,.signature{opacity:.75}
.term{text-decoration:underline dotted;color:inherit}
article+article{border-top:1px solid #8888;margin-top:2rem}
table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{border:1px solid #8888;padding:.25rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
.ledger table{table-layout:fixed}.ledger th{overflow-wrap:normal;box-sizing:border-box}.ledger th:nth-child(1){width:12%}.ledger th:nth-child(2){width:22%}.ledger th:nth-child(4){width:23%}.ledger th:nth-child(5){width:14%}
span:target,article:target>header{outline:2px solid}
dt{font-weight:600}dd{margin:0 0 .8rem}
aside{margin:.6rem 0 .6rem 1.5rem;padding:.5rem .8rem;border:1px solid var(--edge);border-left-width:4px;border-radius:4px;background:var(--paper);font-size:.95rem;overflow-wrap:anywhere}
aside>:first-child{margin-top:0}aside>:last-child{margin-bottom:0}
aside p,aside ul,aside ol,aside blockquote,aside pre{margin:.35rem 0}
aside pre{padding:.4rem .6rem;background:var(--paper)}
aside blockquote{padding-left:.6rem;border-left:2px solid var(--edge)}
aside .head{font-size:.85rem}aside .head b{font-weight:600}
aside .answer{margin-left:1rem;padding-left:.6rem;border-left:2px solid var(--edge)}
aside .words{font:.85rem/1.4 ui-monospace,monospace}
aside+pre>.blank:first-child,.faint+pre>.blank:first-child{display:none}
.question{border-left-color:#2a7fb8}.insight{border-left-color:#2e8b57}.todo{border-left-color:#b07a1c}.remark{border-left-color:#8a5fb0}
.faint{margin:.2rem 0 .2rem 1.5rem;font:italic .85rem/1.4 system-ui,sans-serif}
.faint a{color:inherit}
.tag{padding:0 .35rem;border:1px solid var(--edge);border-radius:.6rem;font-size:.8rem}
@media print{aside{break-inside:avoid}}`;

/** The style stands in the page; its hash in the policy lets in this one and no other. Nothing is loaded and nothing runs. */
export function pagePolicy(): string {
  const hex = sha256(STYLE).match(/../g) ?? [];
  const hash = base64(Uint8Array.from(hex, (byte) => Number.parseInt(byte, 16)));
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
}

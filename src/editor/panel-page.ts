import * as vscode from 'vscode';
import { randomHex } from './random.ts';

/**
 * The page of a panel: a style sheet and two scripts of ours, the models and the panel, and nothing else. The policy lets no other script run and nothing be
 * fetched, so a text that became markup by a mistake could still do nothing. Pictures come from the page itself (`data:`): that is
 * how a drawing becomes pixels to save.
 */
export function panelPage(webview: vscode.Webview, extension: vscode.Uri, title: string): string {
  const nonce = randomHex(16);
  const style = webview.asWebviewUri(vscode.Uri.joinPath(extension, 'media', 'panel.css'));
  const scripts = ['simulators.js', 'panel.js'].map((name) => {
    const script = webview.asWebviewUri(vscode.Uri.joinPath(extension, 'dist', 'webview', name));
    return `<script nonce="${nonce}" src="${escaped(script.toString())}"></script>`;
  });
  const policy = [
    "default-src 'none'",
    `style-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escaped(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="${escaped(style.toString())}">
</head>
<body>
${scripts.join('\n')}
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

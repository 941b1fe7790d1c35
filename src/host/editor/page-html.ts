import * as vscode from "vscode";

/** What the page may load: nothing else of the extension, nothing of the workspace. */
export function pageRoot(extension: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extension, "dist", "webview");
}

/** @param script of the page, as in `inspector` */
export function pageHtml(webview: vscode.Webview, extension: vscode.Uri, script: string): string {
  const nonce = crypto.randomUUID();
  const source = webview.asWebviewUri(vscode.Uri.joinPath(pageRoot(extension), `${script}.js`));
  const { cspSource } = webview;
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${cspSource} 'nonce-${nonce}'; font-src ${cspSource}; img-src ${cspSource}`;
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
</head>
<body>
<script type="module" nonce="${nonce}" src="${source.toString()}"></script>
</body>
</html>
`;
}

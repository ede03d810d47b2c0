import { createHash } from 'node:crypto'

/** The colours of renderer/styles/tokens.css; light and dark by what the reader's machine prefers. */
export const deskStyle = `
:root{color-scheme:light dark;--ground:#eef1f5;--pane:#fff;--line:#dde3ea;--edge:#78879a;--text:#16202b;--text-2:#46556a;
--accent:#5b3fd1;--accent-ground:#ece7ff;--on-accent:#fff;--ok:#0a7045;--ok-ground:#ddf3e8;--urgent:#b8142f;--urgent-ground:#fde4e8}
@media(prefers-color-scheme:dark){:root{--ground:#0b0f14;--pane:#10161e;--line:#222d3a;--edge:#5d6f82;--text:#e7edf4;--text-2:#aab6c4;
--accent:#b39cff;--accent-ground:#221d3a;--on-accent:#150f2b;--ok:#4fcf9a;--ok-ground:#0f2c21;--urgent:#ff6577;--urgent-ground:#3a141b}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:16px/1.5 Inter,system-ui,'Noto Sans','DejaVu Sans',sans-serif;overflow-wrap:anywhere}
.page{max-width:42rem;margin:0 auto;padding:24px 16px 40px}
header{display:flex;flex-wrap:wrap;gap:4px 12px;align-items:baseline;color:var(--text-2);font-size:14px;margin-bottom:16px}
header b{color:var(--text);font-size:16px}
h1{font-size:24px;line-height:1.25;margin:0 0 8px}
p{margin:0 0 12px}
.soft{color:var(--text-2)}
.small{font-size:14px}
.box{background:var(--pane);border:1px solid var(--line);border-radius:10px;padding:16px;margin:12px 0}
.box>:last-child{margin-bottom:0}
blockquote{margin:8px 0 12px;padding:2px 0 2px 12px;border-left:3px solid var(--accent);white-space:pre-wrap;max-height:50vh;overflow:auto}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px;margin:0 0 12px;font-size:14px}
dt{color:var(--text-2)}
dd{margin:0}
.late{color:var(--urgent);font-weight:600}
.told{border-left:4px solid var(--ok);background:var(--ok-ground);padding:10px 14px;border-radius:6px;margin:0 0 16px}
.wrong{border-left:4px solid var(--urgent);background:var(--urgent-ground);padding:10px 14px;border-radius:6px;margin:0 0 16px}
nav{display:flex;flex-wrap:wrap;gap:8px;margin:16px 0 0}
nav a{display:inline-flex;align-items:center;min-height:44px;padding:0 14px;border:1px solid var(--edge);border-radius:8px;color:inherit;text-decoration:none;background:var(--pane)}
nav a:hover{border-color:var(--accent)}
nav a[aria-current]{background:var(--accent-ground);border-color:var(--accent);font-weight:600}
a{color:var(--accent)}
label{display:block;margin:0 0 14px;font-size:14px;color:var(--text-2)}
input,textarea{display:block;width:100%;margin-top:4px;padding:10px 12px;font:inherit;font-size:16px;color:var(--text);background:var(--ground);border:1px solid var(--edge);border-radius:8px}
textarea{min-height:7em;resize:vertical}
.buttons{display:grid;gap:6px}
button{min-height:48px;padding:10px 18px;font:inherit;font-weight:600;border-radius:8px;border:1px solid var(--accent);background:var(--accent);color:var(--on-accent);cursor:pointer}
button.second{background:transparent;color:var(--accent)}
.buttons small{color:var(--text-2);font-size:14px;margin-bottom:10px}
.buttons small:last-child{margin-bottom:0}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
footer{margin-top:24px;color:var(--text-2);font-size:14px}
@media(max-width:480px){.page{padding:16px 12px 32px}nav a{flex:1 1 40%;justify-content:center}dl{grid-template-columns:minmax(6em,max-content) 1fr;column-gap:12px}}
`.trim()

/** The page has one style and nothing else that could be loaded or run; forms only come back here. */
export const deskPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(deskStyle).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

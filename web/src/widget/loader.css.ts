// The launcher's style, as text: a constructed sheet is the only kind that every host page's policy allows.

export const STYLE = `
:host{all:initial;color-scheme:inherit}
div{position:fixed;z-index:2147483000;bottom:20px;right:20px;display:flex;flex-direction:column;align-items:flex-end;gap:12px;font:500 15px/1.2 system-ui,sans-serif}
div.left{right:auto;left:20px;align-items:flex-start}
button{display:flex;align-items:center;gap:10px;min-width:56px;height:56px;padding:0 16px;border:0;border-radius:28px;background:var(--c);color:var(--i);font:inherit;cursor:pointer;box-shadow:0 2px 6px #0003,0 8px 28px #0003;transition:transform .15s,box-shadow .15s}
button:hover{transform:translateY(-2px)}
button:focus-visible{outline:3px solid var(--c);outline-offset:3px;box-shadow:0 0 0 3px #fff}
svg{width:24px;height:24px;flex:none;fill:none;stroke:currentColor;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}
b{position:absolute;bottom:42px;inset-inline-end:-4px;min-width:22px;height:22px;box-sizing:border-box;padding:0 6px;border:2px solid #fff;border-radius:11px;background:#c8102e;color:#fff;font:700 11px/18px system-ui,sans-serif;text-align:center}
b:empty{display:none}
iframe{display:none;width:400px;max-width:calc(100vw - 40px);height:min(660px,calc(100dvh - 116px));border:0;border-radius:18px;background:Canvas;box-shadow:0 4px 16px #0003,0 16px 56px #0004}
.open iframe{display:block;animation:in .18s ease-out}
.open span{display:none}
@keyframes in{from{opacity:0;transform:translateY(14px)}}
@media(max-width:479px){.open{inset:0!important;gap:0}.open iframe{width:100vw;max-width:none;height:100dvh;border-radius:0}.open button,.open b{display:none}}
@media(prefers-reduced-motion){*{animation:none!important;transition:none!important}}
@media print{div{display:none}}
`;

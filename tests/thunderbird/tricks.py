"""One impersonation mail in many disguises, each with another trick that tries to hide, cover, restyle or forge the
banner. Every message is the seed mail's header and lure, which are dangerous by themselves, with the trick around them.

A trick is styles, attributes of the root element, markup before or after the lure, or a whole body of its own. Some
need the reader's hand: `press` names what in the mail is clicked first.
"""

from dataclasses import dataclass
from pathlib import Path

from samples import MESSAGES

SEED = MESSAGES / "hostile" / "seed-kagoya-utf-8-html.eml"

LURE = """<div id="lure">平素は当サービスをご利用いただき、誠にありがとうございます。<br>
このたび当サービスでは、<br>
送信メールの信頼性を向上させる送信ドメイン認証技術「DKIM」に対応しました。<br>
■提供開始日<br>
2023年6月12日(火)<br>
アクセス先URLがご不明の場合は、かごや コントロールパネルへログインしてください。<br>
<a id="link" href="https://fablights.in/Activemail-ne-jp/kagoya/index.php">https://fablights.in/Activemail-ne-jp/kagoya/index.php</a><br>
ユーザーID:メール確認をされたいメールアドレス<br>
パスワード:そのメールアドレスのパスワード<br>
<a href="https://fablights.in/Xserver-ne-jp/xserver/index.html">https://fablights.in/Xserver-ne-jp/xserver/index.html</a><br>
</div>"""

COVER = "position:fixed;inset:0;width:100vw;height:100vh;background:#fff;z-index:2147483647"
EVERY = "*,*::before,*::after"
PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw=="


@dataclass(frozen=True)
class Trick:
    name: str
    style: str = ""  # of a style sheet in the head
    root: str = ""  # attributes of the root element
    head: str = ""  # markup in the head
    before: str = ""  # markup before the lure
    after: str = ""  # markup after it
    body: str = ""  # attributes of the body element
    whole: str | None = None  # the whole part in place of all of the above; LURE stands for the lure
    type: str = "text/html; charset=utf-8"
    press: str | None = None  # selector of what the reader clicks before the banner is looked at

    def __str__(self) -> str:
        return self.name

    def part(self) -> str:
        if self.whole is not None:
            return self.whole.replace("LURE", LURE)
        style = f"<style>{self.style}</style>" if self.style else ""
        return (
            f'<html {self.root}><head><meta charset="utf-8">{self.head}{style}</head>\n'
            f"<body {self.body}>{self.before}\n{LURE}\n{self.after}</body></html>\n"
        )

    def message(self) -> bytes:
        header, _, _ = SEED.read_bytes().replace(b"\r\n", b"\n").partition(b"\n\n")
        kept, drop = [], False
        for line in header.split(b"\n"):
            if not line.startswith((b" ", b"\t")):
                drop = line.lower().startswith((b"content-", b"x-about:"))
            if not drop:
                kept.append(line)
        kept += [
            f"X-About: the seed mail, trying to get rid of the banner: {self.name}".encode(),
            f"Content-Type: {self.type}".encode(),
            b"Content-Transfer-Encoding: 8bit",
        ]
        return b"\n".join(kept) + b"\n\n" + self.part().encode()


def plain_text(text: str, name: str, parameters: str = "") -> Trick:
    return Trick(name, whole=text, type=f"text/plain; charset=utf-8{parameters}")


def _named(**styles: str) -> list[Trick]:
    return [Trick(name.replace("_", "-"), style=style) for name, style in styles.items()]


PLAIN_LURE = (LURE.replace("<br>", "").replace('<div id="lure">', "").replace("</div>", "")
              .replace('<a id="link" href="', "").replace('<a href="', "").replace("</a>", "").replace('">', " "))

# Nothing is done at all: what every other picture is compared with.
PLAIN = Trick("plain")

EVERYTHING_STYLED = _named(
    display_none="* { display: none !important }",
    display_none_but_lure=":not(#lure, #lure *, body) { display: none !important }",
    display_contents="* { display: contents !important }",
    popover_hidden="[popover], :popover-open { display: none !important; opacity: 0 !important }",
    host_hidden=":host, :host-context(html), ::slotted(*), ::part(mekiki) { display: none !important }",
    data_attribute="[data-mekiki], div[data-mekiki], html > div { all: unset !important; display: none !important }",
    high_specificity="html#x, html > div:not(#a#b#c#d#e):not(.f.g.h) { display: none !important; opacity: 0 !important }",
    has_selector="html:has(div) > div, :has(> *) { visibility: hidden !important; display: none !important }",
    invisible_ink="* { color: transparent !important; -webkit-text-fill-color: transparent !important;"
    " background: transparent !important; text-shadow: none !important; border-color: transparent !important }",
    same_colours="* { color: #ffe0e3 !important; background: #ffe0e3 !important; border-color: #ffe0e3 !important }",
    opacity_none="* { opacity: 0 !important }",
    visibility_hidden="* { visibility: hidden !important }",
    visibility_collapse="* { visibility: collapse !important }",
    font_size_none="* { font-size: 0 !important; line-height: 0 !important }",
    letters_pulled="* { letter-spacing: -99px !important; word-spacing: -99px !important; text-indent: -9999px !important }",
    text_transformed="* { text-transform: full-width uppercase !important; font-variant: small-caps !important;"
    " -webkit-text-security: disc !important; text-emphasis: filled !important }",
    overflow_hidden="* { overflow: hidden !important; max-height: 0 !important; height: 0 !important; min-height: 0 !important }",
    sizes_none="* { width: 0 !important; max-width: 0 !important; inline-size: 0 !important; max-inline-size: 0 !important }",
    off_the_screen="* { position: absolute !important; left: -9999px !important; top: -9999px !important }",
    margins_huge="* { margin: -9999px !important; padding: 9999px !important }",
    inset_out="* { inset: 200vh auto auto 200vw !important; position: fixed !important }",
    translated="* { translate: 0 -9999px !important; transform: translateX(-9999px) !important }",
    scaled_away="* { scale: 0 !important; rotate: 90deg !important; transform: scale(0) !important }",
    clipped="* { clip-path: inset(50%) !important; clip: rect(0 0 0 0) !important }",
    masked="* { mask: linear-gradient(transparent, transparent) !important; mask-size: 0 !important }",
    filtered="* { filter: opacity(0) blur(99px) brightness(9) !important; backdrop-filter: invert(1) !important }",
    zoomed="* { zoom: 0.01 !important }",
    contained="* { contain: strict !important; content-visibility: hidden !important; contain-intrinsic-size: 0 !important }",
    blended="* { mix-blend-mode: lighten !important; isolation: isolate !important; background-blend-mode: screen !important }",
    perspective="* { perspective: 1px !important; transform-style: preserve-3d !important; transform: rotateY(90deg) !important;"
    " backface-visibility: hidden !important; will-change: transform, opacity, scroll-position, contents !important }",
    writing_vertical="* { writing-mode: vertical-rl !important; text-orientation: upright !important }",
    writing_sideways="html, body { writing-mode: sideways-lr !important }",
    direction_override="* { direction: rtl !important; unicode-bidi: bidi-override !important }",
    untouchable="* { pointer-events: none !important; user-select: none !important; cursor: none !important }",
    moved_by_anchor="body { anchor-name: --far; position: absolute; top: 300vh } * { position-anchor: --far !important;"
    " position-area: bottom right !important; position-visibility: anchors-visible !important; inset-area: bottom !important;"
    " position-try-fallbacks: flip-block !important }",
    replaced_content=f"* {{ content: url({PIXEL}) !important; appearance: none !important }}",
    columns="* { columns: 9 1px !important; float: right !important; break-before: page !important; position: sticky !important }",
    shaped="* { offset-path: path('M 0 -9999 L 0 -9999') !important; shape-outside: inset(50%) !important;"
    " object-fit: none !important; object-position: 9999px !important; image-orientation: none !important }",
    line_clamped="* { display: -webkit-box !important; -webkit-line-clamp: 1 !important; -webkit-box-orient: vertical !important;"
    " text-overflow: clip !important; white-space: nowrap !important; overflow: clip !important }",
    forced_colours="* { forced-color-adjust: none !important; color-scheme: only dark !important; accent-color: #fff !important;"
    " print-color-adjust: exact !important }",
    dark_inverted="html { filter: invert(1) hue-rotate(180deg) !important; background: #000 !important; color-scheme: dark }"
    " * { color: #111 !important }",
)

ROOT_STYLED = _named(
    root_opacity="html { opacity: 0 !important } body { opacity: 0 }",
    root_filter="html { filter: opacity(0) grayscale(1) !important }",
    root_transform="html { transform: translateY(-200vh) scale(0.01) !important; transform-origin: 0 0 }",
    root_clip="html { clip-path: circle(0) !important; overflow: clip !important; overflow-clip-margin: 0 }",
    root_mask="html { mask: linear-gradient(#0000, #0000) !important }",
    root_zoom="html { zoom: 0.05 !important } body { zoom: 20 }",
    root_zoom_huge="html { zoom: 40 !important }",
    root_contain="html { contain: strict !important; content-visibility: hidden !important; container-type: size !important }",
    root_visibility="html { visibility: hidden !important }",
    root_height="html { height: 0 !important; overflow: hidden !important } body { height: 0; overflow: hidden; margin: 0 }",
    root_display="html { display: none !important } body { display: none }",
    root_display_kinds="html { display: inline-flex !important } body { display: table-cell !important }",
    root_position="html { position: fixed !important; top: -500vh !important; left: -500vw !important; width: 1px !important }",
    root_float="html { float: right !important; width: 0 !important; columns: 4 !important }",
    root_hyphen="html { view-transition-name: x !important; isolation: isolate !important; mix-blend-mode: difference !important }",
    root_layered="@layer a, b; @layer a { html, html > div { display: none !important } } @layer b { * { opacity: 0 !important } }",
    root_scoped="@scope (html) { :scope, :scope > div { display: none !important; opacity: 0 !important } }",
    root_container="html { container: page / inline-size } @container page (min-width: 1px) { div { display: none !important } }"
    " @container style(--a: b) { * { display: none !important } }",
    root_supports="@supports (display: block) { html > * { visibility: hidden !important; opacity: 0 !important } }",
    root_media_all="@media all { html, html > div { display: none !important } } @media print { html > div { display: block !important } }",
    root_media_size="@media (min-height: 1px) and (min-width: 1px) { html > :last-child, html > :first-child { opacity: 0 !important } }",
    root_nested="html { & > div { display: none !important } &:has(body) > div { opacity: 0 !important } }",
    root_variables="html, * { --mekiki-room: 9999px !important; --mekiki: none !important } html { padding-top: 0 !important }",
    root_property="@property --mekiki-room { syntax: '<color>'; inherits: false; initial-value: red }"
    " html { border-top: 0 !important; margin-top: -300px !important }",
    root_scrolling="html { scroll-snap-type: y mandatory; scroll-behavior: smooth; scroll-padding: 500px; overscroll-behavior: none }"
    " body { height: 9999px; scroll-snap-align: end }",
    root_fixed_box="html { transform: translateZ(0); perspective: 1px; filter: blur(0); will-change: transform; contain: layout paint }",
)

PSEUDO_ELEMENTS = _named(
    pseudo_before=f"{EVERY} {{ content: '' !important }} *::before {{ {COVER} !important }}"
    f" *::before {{ content: 'Nothing to see here' !important; position: fixed !important;"
    " inset: 0 !important; background: #fff !important; z-index: 2147483647 !important }",
    pseudo_after="div::after { content: 'Verified' !important; display: block !important; position: absolute !important;"
    " inset: 0 !important; background: #fff !important; z-index: 2147483647 !important; opacity: 1 !important }",
    pseudo_large="*::before { content: '' !important; display: block !important; height: 9999px !important; float: left !important;"
    " width: 100% !important; background: #fff !important }",
    pseudo_backdrop="::backdrop { display: block !important; background: #fff !important; inset: 0 !important; opacity: 1 !important;"
    " pointer-events: auto !important; z-index: 2147483647 !important; position: fixed !important }",
    pseudo_first_line="*::first-line { color: transparent !important; font-size: 0 !important; background: #fff !important }",
    pseudo_first_letter="*::first-letter { float: left !important; font-size: 900px !important; color: #fff !important }",
    pseudo_marker="*::marker { content: 'Verified ' !important; font-size: 0 !important } *::selection { color: transparent !important }",
    pseudo_rare="*::file-selector-button, *::placeholder, *::details-content, *::cue, *::highlight(x), *::target-text,"
    " *::spelling-error, *::view-transition, *::view-transition-group(*), *::scroll-marker, *::column"
    " { display: none !important; opacity: 0 !important } *::view-transition { display: block !important; background: #fff }",
)

ANIMATED = _named(
    animated_root="@keyframes gone { from, to { opacity: 0; visibility: hidden; display: none; transform: translateY(-200vh) } }"
    " html, html > *, body { animation: gone 1s linear infinite forwards !important }",
    animated_everything="@keyframes x { 0%, 100% { opacity: 0; clip-path: inset(100%); filter: opacity(0); zoom: 0.01 } }"
    " * { animation: x 1ms steps(1) infinite both !important; animation-composition: add !important }",
    animated_room="@keyframes r { from, to { border-top-width: 0; padding-top: 0; margin-top: -500px; --mekiki-room: 0px } }"
    " html { animation: r 1s infinite both !important }",
    transition_of_everything="* { transition: all 9999s steps(1, jump-none) allow-discrete !important }"
    " @starting-style { * { opacity: 0 !important; display: none !important; transform: translateY(-999px) } }",
    transition_delayed="html, html > div { transition: all 1s 9999s !important; opacity: 0 }",
    transition_negative="html { transition: opacity 9999s -1s, visibility 9999s, filter 9999s; opacity: 0 } html:hover { opacity: 0.01 }",
    timeline_by_scroll="@keyframes s { from, to { opacity: 0; visibility: hidden } } * { animation: s linear both !important;"
    " animation-timeline: scroll(root) !important; view-timeline: --v } body { height: 4000px }",
    view_transition="@view-transition { navigation: auto } ::view-transition { background: #fff; position: fixed; inset: 0 }",
)

FONTS = [
    Trick("fonts-without-glyphs", style="".join(
        f"@font-face {{ font-family: {name}; src: local('DejaVu Sans'), local('Noto Sans CJK JP'); size-adjust: 0.01%;"
        " ascent-override: 0%; descent-override: 0%; line-gap-override: 0% }"
        for name in ("system-ui", "'system-ui'", "sans-serif", "'sans-serif'", "serif", "Cantarell", "'DejaVu Sans'",
                     "'Noto Sans CJK JP'", "'Noto Sans'", "'Segoe UI'", "'.SFNS'", "'Liberation Sans'", "emoji"))),
    Trick("fonts-of-marks", style="@counter-style disc { system: cyclic; symbols: 'Safe' } @counter-style decimal { system:"
          " cyclic; symbols: '' } * { quotes: '' '' !important; list-style: none !important; counter-reset: x !important }"
          " @font-feature-values system-ui { @styleset { a: 1 } } @font-palette-values --p { font-family: system-ui }"),
    Trick("fonts-preferred", style="* { font: 0/0 a !important; font-size-adjust: 0.0001 !important; font-synthesis: none !important;"
          " font-variation-settings: 'wght' 1 !important; font-stretch: 50% !important; font-language-override: 'ARA' !important }"),
]

COVERED = [
    Trick("cover-fixed", before=f'<div style="{COVER}"></div>'),
    Trick("cover-fixed-untouchable", before=f'<div style="{COVER};pointer-events:none"></div>'),
    Trick("cover-many", before=f'<div style="{COVER}">' * 300),
    Trick("cover-picture", before=f'<img src="{PIXEL}" style="{COVER}">'),
    Trick("cover-frame", before=f'<iframe srcdoc="&lt;body style=background:white&gt;Safe" style="{COVER};border:0"></iframe>'),
    Trick("cover-frames-many", before="".join(
        f'<iframe srcdoc="x" style="{COVER}"></iframe><object data="data:text/html,x" style="{COVER}"></object>'
        f'<embed src="data:text/html,x" style="{COVER}">' for _ in range(30))),
    Trick("cover-frames-nested", before=f'<iframe style="{COVER}" srcdoc="' + "&lt;iframe srcdoc='&amp;lt;iframe&amp;gt;'&gt;" * 20 + '"></iframe>'),
    Trick("frame-empty", before="<iframe></iframe>"),
    Trick("frame-empty-late", before="<p>x</p>" * 9000, after='<iframe src="about:blank" hidden></iframe>'),
    Trick("frame-empty-in-shadow", before='<div><template shadowrootmode="closed"><p><iframe></iframe></p></template></div>'),
    Trick("cover-svg", before=f'<svg style="{COVER}"><foreignObject width="100%" height="100%"><p xmlns="http://www.w3.org/1999/xhtml">'
          'Safe</p></foreignObject></svg>'),
    Trick("cover-video", before=f'<video controls style="{COVER}"></video><canvas style="{COVER}"></canvas>'),
    Trick("cover-blended", before=f'<div style="{COVER};mix-blend-mode:color;background:#fff"></div>'
          f'<div style="{COVER};backdrop-filter:blur(40px) opacity(0);background:none"></div>'),
    Trick("cover-3d", style="html, body { transform-style: preserve-3d; perspective: 10px }",
          before=f'<div style="{COVER};transform:translateZ(9px)"></div>'),
    Trick("cover-dialog-open", before=f'<dialog open style="{COVER};max-width:none;max-height:none">Safe</dialog>'),
    Trick("cover-dialog-popover", before=f'<dialog open popover style="{COVER}">Safe</dialog><div popover style="{COVER}">x</div>'),
    Trick("cover-shadow", before=f'<div style="{COVER}"><template shadowrootmode="open"><style>:host, * {{ {COVER} }}</style>'
          '<slot></slot></template>x</div>'),
    Trick("cover-list", before=f'<select size="9" multiple autofocus style="{COVER}"><option>Safe</option></select>'),
    Trick("cover-menus", before=f'<details open style="{COVER}"><summary style="{COVER}">Safe</summary>x</details>'
          f'<fieldset style="{COVER}"><legend>x</legend></fieldset><marquee style="{COVER}">x</marquee>'),
    Trick("frameset", whole='<html><frameset rows="100%,*"><frame src="data:text/html,Safe"><frame src="about:blank">'
          '<noframes>LURE</noframes></frameset></html>'),
]

FORGED = [
    Trick("forged-banner", before='<div data-mekiki popover="manual"><section class="mekiki" data-level="none" role="alert">Safe</section></div>'
          f'<div data-mekiki="" style="{COVER}"><p class="sentence">Nothing suspicious found</p></div>'),
    Trick("forged-in-root", whole='<div data-mekiki popover="manual">Safe</div><html data-mekiki popover="manual"><div data-mekiki>'
          'Safe</div><body data-mekiki popover="auto">LURE</body></html><div data-mekiki>Safe</div>'),
    Trick("forged-shadow", before='<div data-mekiki><template shadowrootmode="closed"><section class="mekiki" data-level="none">'
          '<p class="sentence">Safe</p></section></template></div>'),
    Trick("forged-identifiers", root='id="mekiki" class="mekiki"', body='id="mekiki" name="mekiki"',
          before='<a id="messenger"></a><form id="document" name="browser"><input name="runtime"><input name="getElementById">'
          '<input name="documentElement"><input name="append"></form><img name="mekiki"><img name="documentElement"><img name="createElement">'
          '<form name="addEventListener"></form><form name="querySelectorAll"></form><embed name="fullscreenElement">'),
]

FORGED.append(Trick("forged-globals", before="".join(
    f'<iframe name="{name}"></iframe>' for name in (
        "mekiki", "messenger", "browser", "chrome", "document", "window", "globalThis", "Reflect", "Symbol", "URL", "Set",
        "MutationObserver", "ResizeObserver", "ShadowRoot", "setTimeout", "then", "kind"))))

ROOT_ATTRIBUTES = [
    Trick("root-inert", root="inert"),
    Trick("root-inert-late", after="</body></html><html inert hidden aria-hidden=true><body inert>"),
    Trick("root-hidden", root="hidden", body="hidden"),
    Trick("root-hidden-until-found", root='hidden="until-found"', body='hidden="until-found"'),
    Trick("root-popover", root='popover="auto"', body='popover="hint"'),
    Trick("root-unspoken", root='aria-hidden="true" role="presentation" aria-live="off" aria-busy="true" aria-modal="true"',
          body='aria-hidden="true" role="none"'),
    Trick("root-editable", root='contenteditable="plaintext-only" spellcheck="true" draggable="true"', body="contenteditable"),
    Trick("root-style-attribute", root='style="display:none!important;opacity:0!important;border-top:0!important;'
          'transform:translateY(-9999px)!important;--mekiki-room:0px!important;all:unset!important"'),
    Trick("root-right-to-left", root='dir="rtl" lang="ar" translate="no"', body='dir="rtl" translate="no"'),
    Trick("root-vertical", root='style="writing-mode:vertical-rl"', body='style="writing-mode:vertical-lr"'),
    Trick("root-quirks", whole='<html bgcolor="#ffe0e3" text="#ffe0e3" link="#ffe0e3"><body marginheight="-500" topmargin="9999"'
          ' leftmargin="9999" text="#ffe0e3" bgcolor="#ffe0e3" background="' + PIXEL + '" onload="document.documentElement.remove()">LURE'),
    Trick("root-of-xml", whole='<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/'
          'xhtml1/DTD/xhtml1-strict.dtd"><html xmlns="http://www.w3.org/1999/xhtml" xml:lang="ja"><head><style><![CDATA[ *{display:none'
          ' !important} ]]></style></head><body>LURE</body></html>'),
]

HEADS = [
    Trick("policy-nothing", head='<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'none\';'
          ' script-src \'none\'; font-src \'none\'; sandbox">'),
    Trick("policy-trusted-types", head='<meta http-equiv="Content-Security-Policy" content="require-trusted-types-for \'script\';'
          ' trusted-types \'none\'; style-src-attr \'none\'; style-src-elem \'none\'">'),
    Trick("refreshed", head='<meta http-equiv="refresh" content="0;url=data:text/html,Safe"><meta http-equiv="refresh" content="1">'),
    Trick("viewport", head='<meta name="viewport" content="width=10000, height=10000, initial-scale=0.05, maximum-scale=0.05, user-scalable=no">'
          '<meta name="color-scheme" content="only dark"><meta name="supported-color-schemes" content="dark"><meta name="theme-color" content="#fff">'),
    Trick("based", head='<base href="data:text/css," target="_top"><base href="moz-extension://x/"><link rel="stylesheet"'
          ' href="data:text/css,*%7Bdisplay:none!important%7D"><link rel="alternate stylesheet" title="x" href="data:text/css,">'),
    Trick("default-style", head='<meta http-equiv="default-style" content="none"><style title="none">*{display:none!important}</style>'),
    Trick("imported", style="@import url('data:text/css,*%7Bdisplay:none!important;opacity:0!important%7D') layer(z) supports(display: grid);"
          " @namespace svg url(http://www.w3.org/2000/svg); @charset 'utf-8'; @page { size: 1px } * { page: x }"),
]

MARKUP = [
    Trick("unclosed-style", after="<style>* { display: none !important } html > div { opacity: 0 !important"),
    Trick("unclosed-comment", after="<!-- never closed"),
    Trick("unclosed-textarea", after=f'<textarea style="{COVER}">'),
    Trick("unclosed-title", after="<title>never closed"),
    Trick("unclosed-select", after=f'<select style="{COVER}"><option>'),
    Trick("unclosed-template", after="<template><div>"),
    Trick("unclosed-svg", after=f'<svg style="{COVER}"><style>*{{display:none!important}}</style><desc><math><mi>'),
    Trick("unclosed-script", after="<script>document.documentElement.remove()"),
    Trick("unclosed-button", after='<button popovertarget="x"><form><table><tr><td><a href="https://fablights.in/">'),
    Trick("plaintext-element", after="<plaintext>"),
    Trick("noscript-style", after="<noscript><style>*{display:none!important}</style></noscript><noframes><style>*{"),
    Trick("table-fostered", whole='<table><html hidden inert><style>html,div{display:none!important}</style>LURE<tr><td>'),
    Trick("deep", before="<div>" * 3000, style="div { display: inline !important; position: fixed }"),
    Trick("wide", body='style="width:99999px;height:99999px"', before='<p style="position:absolute;left:99998px;top:99998px" tabindex="1">x</p>'),
    Trick("long", after="<p>x</p>" * 60000),
    Trick("focused", after='<div style="height:9000px"></div><input autofocus id="here"><a id="top" name="top">x</a><p id="#">x</p>'),
    Trick("filtered-by-svg", style="html, * { filter: url(#none) !important; clip-path: url(#clip) !important; mask: url(#none) !important }",
          before='<svg width="0" height="0"><filter id="none"><feFlood flood-opacity="0"/></filter><clipPath id="clip"></clipPath></svg>'),
    Trick("repeated-roots", before="<html hidden><head><body hidden>" * 50),
    Trick("slow-selectors", style="".join(f":has(div ~ p:nth-of-type({n}n)) div:not(:has(b:nth-last-child({n}))) {{ opacity: 0.{n} !important }}"
                                          for n in range(1, 60)), before="<p><b>x</b></p>" * 300),
]

TEXTS = [
    plain_text(PLAIN_LURE, "text-plain"),
    plain_text(PLAIN_LURE, "text-flowed", "; format=flowed; delsp=yes"),
    plain_text("<style>*{display:none!important}</style>\n" + PLAIN_LURE, "text-of-markup"),
    plain_text(PLAIN_LURE + "\n" + "x " * 400_000 + "\n\n" * 20_000, "text-huge"),
    Trick("text-enriched", whole="<fontfamily><param>x</param>" + PLAIN_LURE, type="text/enriched; charset=utf-8"),
    Trick("part-of-xhtml", type='multipart/mixed; boundary="x"', whole="--x\nContent-Type: text/html; charset=utf-8\n\n<style>*{display:none"
          "!important}</style>LURE\n--x\nContent-Type: application/xhtml+xml\n\n<html xmlns=\"http://www.w3.org/1999/xhtml\"><style>*{opacity:0"
          "!important}</style></html>\n--x\nContent-Type: image/svg+xml\nContent-Disposition: inline\n\n<svg xmlns=\"http://www.w3.org/2000/svg\""
          " width=\"9000\" height=\"9000\"><rect width=\"9000\" height=\"9000\" fill=\"#fff\"/></svg>\n--x\nContent-Type: text/html; charset=utf-8\n\n"
          "<html hidden inert style=\"opacity:0!important\"><body style=\"position:fixed;inset:0;background:#fff\">Safe\n--x--\n"),
]

# The reader is made to click on something of the mail first.
PRESSED = [
    Trick("pressed-popover", before=f'<button id="press" popovertarget="x" style="position:fixed;top:60%;z-index:9">See more</button>'
          f'<div id="x" popover="manual" style="{COVER}">Safe</div>', press="#press"),
    Trick("pressed-popover-auto", before=f'<button id="press" popovertarget="x" style="position:fixed;top:60%">See more</button>'
          f'<div id="x" popover style="{COVER};pointer-events:none">Safe</div>', style="::backdrop { background: #fff !important; opacity: 1 !important }",
          press="#press"),
    Trick("pressed-popovers-nested", before='<button id="press" popovertarget="x" style="position:fixed;top:60%">See more</button>'
          f'<div id="x" popover style="{COVER}"><button popovertarget="y" autofocus>x</button><div id="y" popover style="{COVER}">Safe</div></div>',
          press="#press"),
    Trick("pressed-modal", before='<button id="press" command="show-modal" commandfor="x" style="position:fixed;top:60%">See more</button>'
          f'<dialog id="x" style="{COVER};max-width:none;max-height:none;border:0">Safe</dialog>', press="#press"),
    Trick("pressed-modal-invisible", before='<button id="press" command="show-modal" commandfor="x" style="position:fixed;top:60%">See more</button>'
          '<dialog id="x" style="display:none!important">Safe</dialog>', style="::backdrop { background: #fff !important }", press="#press"),
    Trick("pressed-details", before=f'<details style="position:fixed;top:60%"><summary id="press">See more</summary><div style="{COVER}">Safe</div>'
          '</details>', press="#press"),
    Trick("pressed-check-box", style=f"html:has(:checked) > div, #c:checked ~ * {{ display: none !important }} #c:checked {{ {COVER};appearance:none }}"
          " html:active, html:focus-within { opacity: 0 !important }", before='<label id="press" for="c" style="position:fixed;top:60%">See more'
          '</label><input id="c" type="checkbox">', press="#press"),
    Trick("pressed-fragment", before='<a id="press" href="#end" style="position:fixed;top:60%">See more</a>',
          after='<div style="height:9000px"></div><p id="end">x</p>', style=f":target ~ *, :target {{ {COVER} }}", press="#press"),
    Trick("pressed-hover", style=f"html:hover, html:hover > *, body:hover {{ opacity: 0 !important; display: none !important }} #press:hover {{ {COVER} }}",
          before='<p id="press" style="position:fixed;top:60%">See more</p>', press="#press"),
]

TRICKS = (EVERYTHING_STYLED + ROOT_STYLED + PSEUDO_ELEMENTS + ANIMATED + FONTS + COVERED + FORGED + ROOT_ATTRIBUTES + HEADS + MARKUP
          + TEXTS + PRESSED)

# Signs whose line in the banner comes, goes or quotes something else, by the trick that gives them reason to.
CHANGES = {
    "pseudo-before": {"text.asks-credentials"},
    "frameset": {"link.brand-mismatch", "text.asks-credentials"},
} | {
    name: {"mime.unread", "text.asks-credentials"} for name in ("cover-many", "deep")
} | {
    name: {"link.form-in-mail", "text.asks-credentials"}
    for name in ("forged-identifiers", "unclosed-textarea", "unclosed-script", "focused")
}


def write(folder: Path) -> list[Path]:
    """Write the plain message and then one for every trick into `folder`, in order."""
    names = [trick.name for trick in (PLAIN, *TRICKS)]
    assert len(set(names)) == len(names), "two tricks of one name"
    paths = []
    for trick in (PLAIN, *TRICKS):
        path = folder / f"{trick.name}.eml"
        path.write_bytes(trick.message())
        paths.append(path)
    return paths

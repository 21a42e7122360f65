"""Words of interfaces, in English and Chinese, and the names that pages give to their parts: facts to measure by.

No word here decides anything. A block is measured by which groups its words belong to and how much of it they cover;
what follows from that, the model has learnt.
"""

from __future__ import annotations

from functools import cache, lru_cache

import re2

GROUPS = {
    "navigation": (
        "home menu skip back breadcrumb navigation browse previous prev next sitemap more contents jump categories",
        "首页 主页 导航 返回 上一 下一 顶部 当前 位置 更多 全部 目录 频道 站内 地图 繁體 繁体 简体 正文",
    ),
    "engagement": (
        "share tweet facebook twitter linkedin pinterest whatsapp reddit copy print like likes save bookmark upvote",
        "分享 收藏 点赞 赞同 喜欢 转发 微博 朋友圈 打印 复制 链接 字体 字号 大中小 赞赏 顶一下",
    ),
    "comments": (
        "comment comments reply replies respond responses leave",
        "评论 跟帖 网友 留言 回复 回帖 发言 发表",
    ),
    "recommendation": (
        "related recommended popular trending latest similar featured viewed customers stories recently read also",
        "相关 推荐 热门 热点 热文 排行 猜你 精彩 延伸 往期 最新 专题 图集 点击 热搜 要闻",
    ),
    "promotion": (
        "subscribe subscribed newsletter sign join follow download app free trial started demo donate register",
        "关注 订阅 扫码 扫一 二维码 客户端 公众 下载 微信 开户 领取 注册 加入",
    ),
    "legal": (
        "copyright © rights reserved privacy terms cookies cookie disclaimer consent trademark powered accessibility",
        "版权 备案 许可 声明 免责 举报 转载 侵权 隐私 协议 违法 不良 icp 所有",
    ),
    "interface": (
        "login log account search loading close cancel submit settings help cart checkout wishlist filter filters sort "
        "show toggle expand select about contact careers faq support language report add buy view",
        "登录 登陆 用户 密码 搜索 加载 展开 收起 显示 关闭 取消 确定 提交 设置 投稿 帮助 反馈 客服 关于 联系 招聘 友情",
    ),
    "credit": (
        "by author published posted updated views written modified joined edited ago min",
        "作者 来源 编辑 责编 责任 记者 发布 时间 日期 阅读 浏览 人气 楼主",
    ),
    "advertising": (
        "advertisement sponsored sponsor promoted affiliate sale off coupon shipping deal deals",
        "广告 赞助 推广 优惠 促销",
    ),
}
"""Group of words -> English words, Chinese ones. The names are categories of removal."""

NAMES = tuple(GROUPS)
BIT = {name: 1 << at for at, name in enumerate(NAMES)}
ENGLISH: dict[str, int] = {}
CHINESE: dict[str, int] = {}
for _name, (_english, _chinese) in GROUPS.items():
    ENGLISH.update({word: ENGLISH.get(word, 0) | BIT[_name] for word in _english.split()})
    CHINESE.update({word: CHINESE.get(word, 0) | BIT[_name] for word in _chinese.split()})


@lru_cache(maxsize=1 << len(NAMES))
def flags(groups: int) -> tuple[float, ...]:
    """For each group of words, 1 if its bit is set."""
    return tuple([float(groups & bit > 0) for bit in BIT.values()])


PARTS = {
    "nav": r"nav|menu|breadcrumb|crumb|toc\b|tabs?\b|pagination|pager|paging|toolbar|skip|drawer|daohang|topbar|categor",
    "head": r"header|masthead|top\b|banner|logo|hero",
    "foot": r"foot|bottom|copyright|legal|colophon|disclaimer|links?\b",
    "side": r"side|aside|rail|widget|column|right\b|left\b|sticky",
    "related": r"relat|recommend|recirc|more|popular|trend|hot|rank|latest|similar|upsell|also|next|prev|tuijian|xiangguan"
    r"|suggest|teaser|promo|outbrain|taboola",
    "comments": r"comment|disqus|repl(?:y|ies)|respon|pinglun|discuss",
    "social": r"share|social|follow|like|fenxiang|tool|vote|rating|review|star|subscribe|newsletter|signup|cta|login|modal"
    r"|popup|overlay|dialog|cookie|consent|gdpr|form|search|alert|notice",
    "adverts": r"(?:^|[-_ ])ads?(?:$|[-_ \d])|advert|sponsor|guanggao|dfp|gpt",
    "article": r"article|entry|story|rich_?media|zhengwen|neirong|markdown|prose|richtext|wysiwyg|post|content|text|body"
    r"|detail|desc",
    "main": r"main|primary|page|wrap|container",
    "post": r"message|thread|topic|answer|question|cooked|bbs|floor|quote",
    "about": r"meta|author|byline|date|time|source|info|tag|user|avatar|profile|badge|caption|credit|views?\b|count|stat|label",
    "item": r"item|card|list|grid|product|tile|col\b|row|result|feed|price",
    "hidden": r"hidden|hide|sr-only|screen-?reader|visually|collapse|noprint|none|accordion|dropdown|tooltip",
    "title": r"title|heading|headline|subtitle|biaoti|summary|lead|intro|abstract|excerpt",
}
"""What classes and ids say of an element: a name -> patterns searched in them."""

PART_BIT = {name: 1 << at for at, name in enumerate(PARTS)}

BODY = (
    r"article-?_?(?:body|content|text|main|detail|inner|wrap)|(?:post|entry|story|blog|news|page|main)[-_]?(?:body|content"
    r"|text|copy|detail|entry|inner)|content[-_]?(?:body|main|text|area|detail|article)|rich_media|zhengwen|artibody"
    r"|text_con|js_content|detail[-_]?(?:content|body|text)|(?:^| )(?:content|article)(?: |$)|td-post|cooked|\bprose\b"
    r"|markdown-body|readme|(?:product|item)[-_ ]*(?:description|details|info)|description"
)
"""Classes and ids that templates give to the element that holds the document itself."""


def named(said: str) -> tuple[int, bool]:
    """The parts that classes and ids name, and whether they name a document's body."""
    found = _named().Match(said) or ()
    return sum([1 << at for at in found if at < len(PARTS)]), len(PARTS) in found


@cache
def _named() -> re2.Set:
    """All patterns in one automaton: asked one by one, they cost thirty times as much."""
    options = re2.Options()
    options.case_sensitive = False
    patterns = re2.Set.SearchSet(options)
    for pattern in (*PARTS.values(), BODY):
        patterns.Add(pattern)
    patterns.Compile()
    return patterns


TAGS = (
    ("nav",), ("header",), ("footer",), ("aside",), ("form",), ("table", "td", "th"), ("ul", "ol", "li", "dl"),
    ("article",), ("main",), ("button", "select", "option", "label", "textarea", "template", "dialog"), ("noscript",),
    ("p",), ("figure",), ("blockquote",), ("section",), ("pre", "code"), ("details", "summary"),
    ("h1", "h2", "h3", "h4", "h5", "h6"),
)  # fmt: skip
"""Groups of elements that say something of what stands in them."""
TAG_BIT = {tag: 1 << at for at, tags in enumerate(TAGS) for tag in tags}
INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "cite",
        "code",
        "del",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
    ]
)
"""Elements inside a line of text: what they hold stands in the element around them."""

"""Visits as logs of the last years have them: each is of the channel that a marketer would say."""

import pytest
from visits import Page, Sender, Shop, seed_rows

SHOP = "https://www.shop.example"


@pytest.fixture(scope="module")
def shop():
    return Shop()


REFERRERS = {
    # search engines, of many countries
    "https://www.google.com/": ("organic search", "google"),
    "https://www.google.co.in/": ("organic search", "google"),
    "HTTPS://WWW.GOOGLE.COM.BR:443/": ("organic search", "google"),
    "google.de": ("organic search", "google"),
    "https://lens.google.com/": ("organic search", "google"),
    "https://images.google.fr/imgres?imgurl=x": ("organic search", "google"),
    "https://news.google.com/articles/CBM": ("organic search", "google"),
    "android-app://com.google.android.googlequicksearchbox": ("organic search", "google"),
    "android-app://com.google.android.googlequicksearchbox/https/www.google.com": ("organic search", "google"),
    "https://www.bing.com/search?q=pots": ("organic search", "bing"),
    "https://cn.bing.com/": ("organic search", "bing"),
    "https://search.yahoo.co.jp/search?p=x": ("organic search", "yahoo"),
    "https://r.search.yahoo.com/_ylt=A": ("organic search", "yahoo"),
    "https://de.search.yahoo.com/": ("organic search", "yahoo"),
    "https://html.duckduckgo.com/": ("organic search", "duckduckgo"),
    "https://duckduckgo.com.": ("organic search", "duckduckgo"),
    "https://www.ecosia.org/": ("organic search", "ecosia"),
    "https://yandex.ru/": ("organic search", "yandex"),
    "https://yandex.com.tr/clck/jsredir": ("organic search", "yandex"),
    "https://ya.ru/": ("organic search", "yandex"),
    "https://m.baidu.com/from=844b/": ("organic search", "baidu"),
    "https://m.search.naver.com/": ("organic search", "naver"),
    "https://search.daum.net/": ("organic search", "daum"),
    "https://search.seznam.cz/": ("organic search", "seznam"),
    "https://www.qwant.com/": ("organic search", "qwant"),
    "https://search.brave.com/": ("organic search", "brave"),
    "https://www.startpage.com/do/search": ("organic search", "startpage"),
    "https://suche.t-online.de/": ("organic search", "t-online"),
    # shopping
    "https://shopping.google.co.uk/": ("organic shopping", "google shopping"),
    "https://www.idealo.at/": ("organic shopping", "idealo"),
    "https://msearch.shopping.naver.com/": ("organic shopping", "naver shopping"),
    "https://www.amazon.co.jp/": ("organic shopping", "amazon"),
    # social networks, and the pages that they pass people through
    "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.shop.example": ("organic social", "facebook"),
    "http://lm.facebook.com": ("organic social", "facebook"),
    "http://m.facebook.com/": ("organic social", "facebook"),
    "android-app://com.facebook.katana/": ("organic social", "facebook"),
    "https://l.instagram.com/": ("organic social", "instagram"),
    "https://l.threads.net/": ("organic social", "threads"),
    "https://t.co/AbC123": ("organic social", "x"),
    "https://x.com/": ("organic social", "x"),
    "https://lnkd.in/d": ("organic social", "linkedin"),
    "android-app://com.linkedin.android/": ("organic social", "linkedin"),
    "https://out.reddit.com/": ("organic social", "reddit"),
    "https://old.reddit.com/r/pots": ("organic social", "reddit"),
    "https://www.pinterest.com.au/": ("organic social", "pinterest"),
    "android-app://com.pinterest/": ("organic social", "pinterest"),
    "https://away.vk.com/away.php": ("organic social", "vk"),
    "https://go.bsky.app/": ("organic social", "bluesky"),
    "android-app://org.joinmastodon.android": ("organic social", "mastodon"),
    "https://statics.teams.cdn.office.net/": ("organic social", "microsoft teams"),
    "https://mp.weixin.qq.com/s/x": ("organic social", "wechat"),
    "https://m.blog.naver.com/x": ("organic social", "naver blog"),
    "https://link.zhihu.com/?target=https": ("organic social", "zhihu"),
    "https://m.youtube.com/": ("organic video", "youtube"),
    "https://youtu.be/x": ("organic video", "youtube"),
    # mail
    "https://mail.google.com/": ("email", "gmail"),
    "android-app://com.google.android.gm/": ("email", "gmail"),
    "https://outlook.live.com/": ("email", "outlook"),
    "https://eur03.safelinks.protection.outlook.com/": ("email", "outlook"),
    "https://deref-gmx.net/mail/client/x": ("email", "gmx"),
    "https://deref-web.de/": ("email", "web.de"),
    "https://e.mail.ru/": ("email", "mail.ru"),
    "https://mail.yahoo.co.uk/": ("email", "yahoo mail"),
    "https://webmail.somebodys-provider.example/": ("email", "web mail"),
    "https://us2.campaign-archive.com/": ("email", "mailchimp"),
    "newsletter": ("email", "newsletter"),
    # assistants
    "https://chatgpt.com/": ("assistants", "chatgpt"),
    "https://chat.openai.com/": ("assistants", "chatgpt"),
    "https://www.perplexity.ai/": ("assistants", "perplexity"),
    "https://gemini.google.com/": ("assistants", "gemini"),
    "https://copilot.microsoft.com/": ("assistants", "copilot"),
    "https://edgeservices.bing.com/": ("assistants", "copilot"),
    "https://claude.ai/": ("assistants", "claude"),
    "https://chat.deepseek.com/": ("assistants", "deepseek"),
    "https://chat.mistral.ai/": ("assistants", "mistral"),
    "https://www.meta.ai/": ("assistants", "meta ai"),
    "https://grok.com/": ("assistants", "grok"),
    # others
    "https://www.awin1.com/cread.php": ("affiliate", "awin"),
    "https://trc.taboola.com/": ("display", "taboola"),
    "https://www.gardenblog.example/best-pots": ("referral", "gardenblog.example"),
    "https://de.wikipedia.org/": ("referral", "de.wikipedia.org"),
    "https://www.xn--mller-kva.example/": ("referral", "xn--mller-kva.example"),
    "https://müller.example/": ("referral", "müller.example"),
    "http://192.0.2.7:8080/": ("referral", "192.0.2.7"),
    "//gardenblog.example/x": ("referral", "gardenblog.example"),
    "https://user:secret@gardenblog.example/": ("referral", "gardenblog.example"),
    # hosts that only look like one
    "https://google.evil.example/": ("referral", "google.evil.example"),
    "https://notgoogle.com/": ("referral", "notgoogle.com"),
    "https://xchatgpt.com/": ("referral", "xchatgpt.com"),
    # the shop itself, and pages on which people pay or sign in: the visit goes on
    "https://www.shop.example/cart": ("direct", None),
    "https://blog.shop.example:8443/": ("direct", None),
    "https://www.paypal.com/checkoutnow?token=x": ("direct", None),
    "https://pay.klarna.com/": ("direct", None),
    "https://hooks.stripe.com/3d_secure/x": ("direct", None),
    "https://secure.przelewy24.pl/": ("direct", None),
    "https://acs.mybank.example/": ("direct", None),
    "https://accounts.google.com/": ("direct", None),
    "https://appleid.apple.com/": ("direct", None),
    # nothing
    None: ("direct", None),
    "-": ("direct", None),
    "null": ("direct", None),
    "(direct)": ("direct", None),
    "about:blank": ("direct", None),
    "http://": ("direct", None),
    "https:///x": ("direct", None),
    "file:///C:/Users/x": ("direct", None),
    "javascript:void(0)": ("direct", None),
    "chrome-extension://efaidnbmnnnibpcajpcglclefindmkaj/": ("direct", None),
    "http://localhost:3000/": ("direct", None),
    "/p/12": ("direct", None),
}


def test_a_referrer_tells_who_sent_the_visit(shop):
    found = shop.senders([[Page(referrer=referrer)] for referrer in REFERRERS])
    assert dict(zip(REFERRERS, found, strict=True)) == {key: Sender(*told) for key, told in REFERRERS.items()}


FB = "https://l.facebook.com/"
LINKS = [
    # (what stands behind the page, the referrer, who sent it)
    ("?utm_source=google&utm_medium=cpc&utm_campaign=brand", None, Sender("paid search", "google", "brand")),
    ("?UTM_SOURCE=Google&UTM_MEDIUM=CPC", None, Sender("paid search", "google")),
    ("?a=1&amp;utm_source=bing&amp;utm_medium=ppc", None, Sender("paid search", "bing")),
    ("?utm_source=facebook&utm_medium=paid_social", FB, Sender("paid social", "facebook")),
    ("?utm_source=meta-spring&utm_medium=Paid%20Social", None, Sender("paid social", "meta-spring")),
    ("?utm_source=meta-spring&utm_medium=paid-social", FB, Sender("paid social", "meta-spring")),
    ("?utm_source=fb&utm_medium=paid", None, Sender("paid social", "facebook")),
    ("?utm_source=ig&utm_medium=cpc", None, Sender("paid social", "instagram")),
    ("?utm_source=ig&utm_medium=social&utm_content=link_in_bio", None, Sender("organic social", "instagram")),
    ("?utm_source=IGShopping&utm_medium=Social", None, Sender("organic social", "instagram")),
    ("?utm_source=facebook&utm_medium=%7B%7Bplacement%7D%7D", FB, Sender("organic social", "facebook")),
    ("?utm_source=google&utm_medium=cpc&utm_campaign=Shopping+DE", None,
     Sender("paid shopping", "google", "shopping de")),
    ("?utm_source=google&utm_medium=cpc&utm_campaign=17%20Cross-network", None,
     Sender("cross network", "google", "17 cross-network")),
    ("?utm_source=youtube&utm_medium=cpv", None, Sender("paid video", "youtube")),
    ("?utm_source=somewhere&utm_medium=cpc", None, Sender("paid other", "somewhere")),
    ("?utm_source=criteo&utm_medium=banner", None, Sender("display", "criteo")),
    # spellings of values
    ("?utm_source=newsletter&utm_medium=email&utm_campaign=Fr%C3%BChling%2024", None,
     Sender("email", "newsletter", "frühling 24")),
    ("?utm_source=newsletter&utm_medium=email&utm_campaign=Fr%25C3%25BChling%2B24", None,
     Sender("email", "newsletter", "frühling+24")),
    ("?utm_source=newsletter&utm_medium=email&utm_campaign=50%25+off", None, Sender("email", "newsletter", "50% off")),
    ("?utm_source=newsletter&utm_medium=email&utm_campaign=%FF%zz", None, Sender("email", "newsletter", "%ff%zz")),
    ("?utm_source%3Dgoogle%26utm_medium%3Dcpc", None, Sender("paid search", "google")),
    ("#utm_source=google&utm_medium=cpc", None, Sender("paid search", "google")),
    ("?utm_source=&utm_source=google&utm_medium=cpc&utm_medium=email", None, Sender("paid search", "google")),
    ("?mtm_source=newsletter&mtm_medium=e-mail&mtm_campaign=June", None, Sender("email", "newsletter", "june")),
    ("?utm_source=Klaviyo&utm_medium=campaign", None, Sender("email", "klaviyo")),
    ("?utm_source=klaviyo&utm_medium=Email+Flow", None, Sender("email", "klaviyo")),
    ("?utm_source=somebody@mail.example&utm_medium=email", None, Sender("email", "(withheld)")),
    ("?utm_source=x%40y.example&utm_medium=email&utm_campaign=to+x@y.example", None,
     Sender("email", "(withheld)", "(withheld)")),
    # assistants tag their links, or do not
    ("?utm_source=chatgpt.com", None, Sender("assistants", "chatgpt")),
    ("?utm_source=chatgpt.com", "https://www.google.com/", Sender("assistants", "chatgpt")),
    ("?utm_source=perplexity", None, Sender("assistants", "perplexity")),
    ("?utm_source=copilot.com", None, Sender("assistants", "copilot")),
    ("?utm_source=openai&utm_medium=referral", None, Sender("assistants", "chatgpt")),
    ("?utm_source=chatgpt&utm_medium=cpc", None, Sender("paid other", "chatgpt")),
    # clicks
    ("?gclid=Cj0KCQ", "https://www.google.com/", Sender("paid search", "google")),
    ("?gad_source=1&gbraid=0AAAA", None, Sender("paid search", "google")),
    ("?wbraid=CjgK", "https://www.google.co.uk/", Sender("paid search", "google")),
    ("?msclkid=abc", "https://www.bing.com/", Sender("paid search", "bing")),
    ("?yclid=1", None, Sender("paid search", "yandex")),
    ("?srsltid=AfmBO", "https://www.google.com/", Sender("organic search", "google")),
    ("?fbclid=IwAR", None, Sender("organic social", "facebook")),
    ("?fbclid=PAZX", "https://l.instagram.com/", Sender("organic social", "instagram")),
    ("?ttclid=E.C.P", None, Sender("paid social", "tiktok")),
    ("?ScCid=x", None, Sender("paid social", "snapchat")),
    ("?li_fat_id=x", None, Sender("paid social", "linkedin")),
    ("?dclid=x", None, Sender("display", "google ad network")),
    ("?awc=1_2", "https://www.voucherpage.example/", Sender("affiliate", "awin")),
    ("?mc_cid=1&mc_eid=2", None, Sender("email", "mailchimp")),
    ("?_kx=abc", None, Sender("email", "klaviyo")),
    ("?xgclid=1", None, Sender("direct")),
    ("?q=gclid", None, Sender("direct")),
    ("?utm_source=summer-sale&gclid=x", "https://www.google.com/", Sender("paid search", "summer-sale")),
    # of a link whose words nobody knows, what else there is; else it is said
    ("?utm_source=gmb-listing", "https://www.google.com/", Sender("organic search", "gmb-listing")),
    ("?utm_source=bits-and-pieces&utm_medium=thing", None, Sender("unassigned", "bits-and-pieces")),
    ("?utm_campaign=only", None, Sender("unassigned", None, "only")),
    ("?utm_source=partnersite.example", None, Sender("referral", "partnersite.example")),
    ("?utm_source=%7B%7Bsite%7D%7D&utm_medium=paid&fbclid=x", FB, Sender("paid social", "{{site}}")),
    # a link within the shop, and one that a payment page carries, send nobody
    ("?utm_source=shop.example", None, Sender("direct")),
    ("?utm_source=paypal.com&utm_medium=referral", None, Sender("direct")),
    ("?utm_source=klarna&utm_medium=cpc", None, Sender("paid other", "klarna")),
    ("?utm_source=flyer&utm_medium=QR", None, Sender("offline", "flyer")),
    ("?utm_source=attentive&utm_medium=sms", None, Sender("sms", "attentive")),
    ("?utm_source=onesignal&utm_medium=web_push", None, Sender("push", "onesignal")),
    ("?utm_source=influencer-anna&utm_medium=influencer", None, Sender("influencers", "influencer-anna")),
]  # fmt: skip


def test_a_link_and_a_click_tell_who_sent_the_visit(shop):
    visits = [[Page(f"{SHOP}/p/1{query}", referrer)] for query, referrer, _ in LINKS]
    told = [(query, referrer, sender) for (query, referrer, _), sender in zip(LINKS, shop.senders(visits), strict=True)]
    assert told == LINKS


PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
BROWSERS = [
    (f"{PHONE} Mobile/15E148 Instagram 334.0.4.32.98 (iPhone14,5; de_DE)", Sender("organic social", "instagram")),
    (f"{PHONE} Mobile/20G75 [FBAN/FBIOS;FBAV/430.0.0.23.113]", Sender("organic social", "facebook")),
    (f"{PHONE} Mobile/15E148 musical_ly_34.1.0 JsSdk/2.0 BytedanceWebview/d8a21c6", Sender("organic social", "tiktok")),
    (f"{PHONE} Mobile/15E148 MicroMessenger/8.0.49", Sender("organic social", "wechat")),
    (f"{PHONE} GSA/316.0 Mobile/15E148 Safari/604.1", Sender("organic search", "google")),
    (f"{PHONE} Version/18.5 Mobile/15E148 Safari/604.1", Sender("direct")),
    ("Mozilla/5.0 (Linux; Android 9; CUBOT_X19) AppleWebKit/537.36 Chrome/90.0 Mobile Safari/537.36", Sender("direct")),
    ("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; ChatGPT-User/1.0; +https://openai.com/bot",
     Sender("agents")),
    ("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Claude-User/1.0; +Claude-User@anthropic.com)",
     Sender("agents")),
    ("Mozilla/5.0 (compatible; Perplexity-User/1.0; +https://perplexity.ai/perplexity-user)", Sender("agents")),
    ("Mozilla/5.0 (compatible; MistralAI-User/1.0; +https://docs.mistral.ai/robots)", Sender("agents")),
    ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/135.0 Safari/537.36 "
     "(compatible; Google-Agent; +https://developers.google.com/crawling/docs/crawlers-fetchers/google-agent)",
     Sender("agents")),
    ("Mozilla/5.0 (compatible; GPTBot/1.2; +https://openai.com/gptbot)", Sender("bots")),
    ("Mozilla/5.0 (compatible; ClaudeBot/1.0; +claudebot@anthropic.com)", Sender("bots")),
    ("Mozilla/5.0 (compatible; OAI-SearchBot/1.0; +https://openai.com/searchbot)", Sender("bots")),
]  # fmt: skip


def test_a_browser_inside_of_an_app_tells_where_nothing_else_does_and_agents_are_neither_people_nor_crawlers(shop):
    found = shop.senders([[Page(user_agent=agent)] for agent, _ in BROWSERS])
    assert [(agent, sender) for (agent, _), sender in zip(BROWSERS, found, strict=True)] == BROWSERS
    (sender,) = shop.senders([[Page(referrer="https://www.bing.com/", user_agent=BROWSERS[0][0])]])
    assert sender == Sender("organic search", "bing")


def test_the_first_page_decides_and_what_comes_later_is_no_news(shop):
    google, paypal = Page(referrer="https://www.google.com/"), Page(referrer="https://www.paypal.com/")
    visits = [
        [Page(), google],
        [google, paypal],
        [Page(f"{SHOP}/?gclid=1"), Page(f"{SHOP}/?utm_source=newsletter&utm_medium=email")],
        # what an app or a server says before the first page has no address
        [Page(page_url=None), Page(f"{SHOP}/?gclid=1")],
        [Page(page_url=None), Page(page_url=None)],
    ]
    channels = [sender.channel for sender in shop.senders(visits)]
    assert channels == ["direct", "organic search", "paid search", "paid search", "direct"]


def test_columns_of_the_input_go_before_the_address(shop):
    tagged = f"{SHOP}/?utm_source=newsletter&utm_medium=email&utm_campaign=june"
    visits = [
        [Page(tagged, campaign_source="google", campaign_medium="cpc")],
        [Page(tagged, campaign_source="(not set)", campaign_medium="(none)")],
        [Page(referrer="https://www.google.com/", campaign_source="(direct)", campaign_medium="(none)")],
        [Page(campaign_source="google", campaign_medium="organic", campaign_name="(organic)")],
        [Page(page_url=None, campaign_source="shop.example", campaign_medium="referral")],
    ]
    assert shop.senders(visits) == [
        Sender("paid search", "google", "june"),
        Sender("email", "newsletter", "june"),
        Sender("organic search", "google"),
        Sender("organic search", "google", "(organic)"),
        Sender("direct"),
    ]


def test_a_till_is_a_channel_and_without_pages_nothing_is_known():
    shop = Shop()
    nothing = Page(page_url=None)
    assert shop.senders([[nothing], [Page(page_url=None, platform="store")]]) == [Sender("unknown"), Sender("till")]
    assert shop.senders([[nothing], [Page()]]) == [Sender("direct"), Sender("direct")]


def test_a_page_that_shows_the_shop_is_not_the_shop(shop):
    """A search engine's copy of a page is not an address of the shop's own."""
    copy = Page("https://www.google.com/amp/s/www.shop.example/p/1")
    senders = shop.senders([[copy], [Page(referrer="https://www.google.com/")]])
    assert senders[1] == Sender("organic search", "google")


def test_the_shop_has_the_last_word():
    changed = {
        "referrer_sites": [
            {"site": "gardenblog.example", "source": "our blog", "kind": "own"},
            {"site": "anna", "source": "anna's page", "kind": "affiliate"},
        ],
        "channel_words": [{"kind": "medium", "spelling": "thing", "meaning": "paid"}],
        "channel_rules": [
            {"priority": "1", "channel": "brand", "campaign": "%brand%"},
            {"priority": "2", "channel": "vip", "source": "vip%", "medium": "let_er"},
        ],
    }
    shop = Shop(changed)
    visits = [
        [Page(referrer="https://gardenblog.example/")],
        [Page(f"{SHOP}/?utm_source=Anna")],
        [Page(f"{SHOP}/?utm_source=bing&utm_medium=thing")],
        [Page(f"{SHOP}/?utm_source=google&utm_medium=cpc&utm_campaign=Our+Brand+UK")],
        [Page(f"{SHOP}/?utm_source=VIP7&utm_medium=letter")],
    ]
    assert [sender.channel for sender in shop.senders(visits)] == ["direct", "affiliate", "paid search", "brand", "vip"]


def test_seeds_name_each_thing_once_and_rules_name_kinds_that_there_are():
    kinds = {row["kind"] for row in seed_rows("referrer_sites")} | {"agent", "bot", "site", "tagged", "nothing"}
    rules = seed_rows("channel_rules")
    assert {row["source_kind"] for row in rules} - {""} <= kinds
    media = {row["meaning"] for row in seed_rows("channel_words") if row["kind"] in ("medium", "click_id")}
    assert {row["medium_kind"] for row in rules} - {""} <= media
    sources = {row["source"] for row in seed_rows("referrer_sites")}
    words = [row for row in seed_rows("channel_words") if row["kind"] == "app_browser"]
    assert {row["source"] for row in words} <= sources
    # each kind and medium is of a rule, or is known to send nobody
    used = {row["source_kind"] for row in rules} | {row["medium_kind"] for row in rules}
    assert kinds - used == {"passing"}
    assert media - used == {"none"}
    channels = {row["channel"] for row in rules}
    named = {row["meaning"] for row in seed_rows("channel_words") if row["kind"] == "channel"}
    assert named <= channels | {"marketplace", "phone", "wholesale"}

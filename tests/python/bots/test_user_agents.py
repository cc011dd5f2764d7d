"""Bots by their user agents: the ones that a shop meets are known, and no browser and no app is."""

import csv
import re
import time
from pathlib import Path

import pyarrow as pa
import pytest
from crawleruseragents import CRAWLER_USER_AGENTS_DATA
from customer_insight.bots.user_agents import NAMES, listed

SEED = Path(__file__).parents[3] / "seeds" / "reference" / "bot_rules.csv"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
PEOPLE = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:125.0) Gecko/20100101 Firefox/125.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.4.1 Safari/605.1.15",
    "Mozilla/5.0 (Linux; Android 9; CUBOT_X19) AppleWebKit/537.36 Chrome/90.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Linux; Android 13; SM-A536B; wv) AppleWebKit/537.36 Chrome/124.0 Safari/537.36 [Pinterest/Android]",
    f"{PHONE} Version/17.4.1 Mobile/15E148 Safari/604.1",
    f"{PHONE} Mobile/15E148 Instagram 334.0.4.32.98 (iPhone14,5; iOS 17_5; de_DE)",
    f"{PHONE} Mobile/20G75 [FBAN/FBIOS;FBAV/430.0.0.23.113]",
    f"{PHONE} Mobile/15E148 musical_ly_34.1.0 JsSdk/2.0 BytedanceWebview/d8a21c6",
    f"{PHONE} Mobile/15E148 Snapchat/12.80 (like Safari/8617.2.4)",
]
APPS = ["okhttp/4.12.0", "okhttp/3.14.9", "MyShop/3 CFNetwork/1410.0.3 Darwin/22.6.0", "Dart/3.5 (dart:io)",
        "Dalvik/2.1.0 (Linux; U; Android 14; Pixel 8)", "MyShop/3.2 (com.shop; build:12) Alamofire/5.6.2"]  # fmt: skip
BOTS = {
    "Mozilla/5.0 (compatible; PetalBot;+https://webmaster.petalsearch.com/site/petalbot)": "search engine crawler",
    "AdsBot-Google (+http://www.google.com/adsbot.html)": "advertising crawler",
    "Mediapartners-Google": "advertising crawler",
    "meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/crawler)": "language model crawler",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; ChatGPT-User/1.0": "language model crawler",
    "Mozilla/5.0 (compatible; Claude-User/1.0; +Claude-User@anthropic.com)": "language model crawler",
    "Mozilla/5.0 (compatible; Perplexity-User/1.0; +https://perplexity.ai/perplexity-user)": "language model crawler",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/119.0 Safari/537.36 Chrome-Lighthouse": "uptime monitor",
    "axios/1.6.2": "script",
    "node-fetch/1.0 (+https://github.com/bitinn/node-fetch)": "script",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)": "search engine crawler",
    "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)": "marketing crawler",
    "curl/8.1.2": "script",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/120.0 Safari/537.36": "headless browser",
}  # fmt: skip


def texts(values):
    return pa.table({"user_agent": pa.array(values, pa.string())})


@pytest.fixture(scope="module")
def app_clients():
    """What the seed says."""
    with SEED.open(encoding="utf-8", newline="") as rules:
        return texts([row["pattern"] for row in csv.DictReader(rules) if row["kind"] == "app_client"])


def test_bots_are_known_by_what_they_are_for(app_clients):
    found = listed(texts([*PEOPLE, *BOTS, *APPS]), app_clients)
    assert dict(zip(*(found[name].to_pylist() for name in ("user_agent", "bot_rule")), strict=True)) == BOTS


def test_what_the_shops_app_sends_is_a_bots_without_the_shops_word(app_clients):
    assert listed(texts(["okhttp/4.12.0"]), texts([])).num_rows == 1
    assert listed(texts(["SomeBot okhttp/4.12.0", "Googlebot/2.1 okhttp"]), app_clients)["user_agent"].to_pylist() == [
        "Googlebot/2.1 okhttp"
    ]


def test_every_pattern_of_the_list_is_used_as_its_authors_mean_it():
    agents = [agent for entry in CRAWLER_USER_AGENTS_DATA for agent in entry["instances"]]
    found = set(listed(texts(agents), texts([]))["user_agent"].to_pylist())
    patterns = [re.compile(entry["pattern"]) for entry in CRAWLER_USER_AGENTS_DATA]  # more than Python keeps compiled
    meant = {agent for agent in agents if any(pattern.search(agent) for pattern in patterns)}
    assert found == meant
    assert len(found) > 1000
    assert {tag for entry in CRAWLER_USER_AGENTS_DATA for tag in entry["tags"]} <= set(NAMES)


def test_a_hundred_thousand_user_agents_take_seconds(app_clients):
    agents = texts([f"{agent} {number}" for number in range(10_000) for agent in PEOPLE])
    began = time.process_time()
    assert listed(agents, app_clients).num_rows == 0
    assert time.process_time() - began < 5


def test_no_user_agents_are_an_empty_table_of_the_same_shape(app_clients):
    assert listed(texts([]), app_clients).schema == listed(texts(["curl/8"]), app_clients).schema

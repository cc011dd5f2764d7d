"""Forms of bank accounts in texts, as regular expressions; a part that is called `detail` is the detail.

In small letters a form has more to show: an IBAN its word or its check digits (ISO 13616), the code of a bank its word
and a country at its place (ISO 9362), for "swift dispatch" has as many letters.
"""

from __future__ import annotations

from phonenumbers import SUPPORTED_REGIONS

from customer_insight.texts.phrases import one_of

_BANK_CODE = one_of("sort code,blz,bankleitzahl,routing,routing number,bic,swift,swift code")
_BANK_WORD = one_of(
    "bank account,bankaccount,bankkonto,kontonummer,konto-nr,kontonr,account number,compte,cuenta,conto,rekeningnummer"
)
# A group of four with a digit: no word after an IBAN is taken for its end.
_GROUP = r"(?=[a-z]{0,3}\d)[a-z0-9]{4}"
# In small letters: of more countries, words would be codes ("bic ballpens").
_COUNTRY = one_of(
    "at,be,bg,ch,cy,cz,de,dk,ee,es,fi,fr,gb,gr,hr,hu,ie,is,it,li,lt,lu,lv,mc,mt,nl,no,pl,pt,ro,se,si,sk,sm,tr,ua,us,ca,"
    "mx,br,ar,cl,co,au,nz,jp,cn,hk,sg,in,kr,za,ae,il,eg,ma,tn,rs"
)
_ANY_COUNTRY = one_of(",".join(sorted(SUPPORTED_REGIONS)))
_CODE_WORD = (
    r"\b(?i:bic(?:[\s/-](?:swift|code))?|swift[\s/-](?:bic|code)|swift(?=:|\sis\s))[\s:]{1,3}(?i:is\s|ist\s|lautet\s)?"
)
IBAN_WORD = r"\biban\W{0,3}(?:is|ist|lautet|est|es|è)?\W{0,3}$"
BANK_ACCOUNTS = (
    r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,4})?\b",
    rf"(?i)\b[a-z]{{2}}\d{{2}}[ -]?[a-z0-9]{{4}}(?:[ -]?{_GROUP}){{2,6}}(?:[ -]?(?=[a-z]{{0,3}}\d)[a-z0-9]{{1,4}})?\b",
    rf"\b(?i:{_BANK_CODE})[\s:]{{1,3}}(?i:is\s|ist\s)?(?P<detail>\d{{2}}[- ]?\d{{2}}[- ]?\d{{2}}\b|\d{{8,9}}\b)",
    rf"\b(?i:{_BANK_WORD}(?:\s?(?:no|nr|number)\b)?\.?(?:\sis|\sist)?)[\s:]{{1,3}}(?P<detail>\d[\d -]{{4,30}}\d)",
)
BANK_CODES = (
    rf"{_CODE_WORD}(?P<detail>(?i:[a-z]{{4}}{_COUNTRY}[a-z0-9]{{2}}(?:[a-z0-9]{{3}})?))\b",
    rf"{_CODE_WORD}(?P<detail>[A-Z]{{4}}{_ANY_COUNTRY}[A-Z0-9]{{2}}(?:[A-Z0-9]{{3}})?)\b",
    # after the word alone with a digit, which "SWIFT DELIVERY" has not
    rf"\b(?i:swift)\s(?P<detail>[A-Z]{{4}}{_ANY_COUNTRY}(?=[A-Z]{{0,4}}\d)[A-Z0-9]{{2}}(?:[A-Z0-9]{{3}})?)\b",
)

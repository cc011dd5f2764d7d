"""Forms of personal details in texts of Europe and America, as regular expressions.

Each constant holds the forms of one kind; where a part of a form is called `detail`, that part is the detail.

Whoever writes a text must not be able to stop its reader: what a form reads from one place is bounded, and a word that
is read in a repetition is read in one way alone (`{0,60}+` gives nothing back, Python 3.11), hyphens and all.
"""

from __future__ import annotations

from customer_insight.texts.phrases import one_of

_LARGE = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶŁĻŃŅŇŌŐŘŚŞŠŤŪŮŰŲŹŻŽ"
_MARKS = r"'\u2019-"
_DASH = r"\u2013-"
_CAPITAL = rf"[{_LARGE}][\w{_MARKS}]{{0,60}}+"
_STOP = r"(?!\w|[.,]\d)"
_START = r"(?<![\w.,/+-])"

# Towns and postcodes, and what may follow a street: a flat, a postcode, a town.
_SMALL_WORD = one_of(
    "am,an,der,den,im,da,de,di,do,das,des,dos,du,del,della,van,von,la,le,les,l',l\u2019,sur,en,of,y,e,i,a"
)
_CITY = rf"(?:St\. )?{_CAPITAL}(?:[ -](?:{_CAPITAL}|{_SMALL_WORD}\b|\({_CAPITAL}\))){{0,4}}"
_UK_POSTCODE = r"(?:GIR 0AA|(?:[BEGLMNSW]|[A-PR-UWYZ][A-HK-Y])\d(?:\d|[A-HJKPSTUW])?\s\d[ABD-HJLNP-UW-Z]{2})(?!\w)"
_POSTCODE = (
    rf"(?:{_UK_POSTCODE}|[1-9]\d{{3}}\s?[A-Z]{{2}}|(?:[A-Z]{{1,2}}-)?(?:\d{{2}}-?\d{{3}}|\d{{4}})(?:-\d{{3,4}})?"
    r"|\d{3}\s\d{2})(?!\w)"
)
_FLAT = one_of(
    "apt,apartment,suite,ste,flat,unit,studio,room,floor,appt,appartement,appartamento,piso,puerta,interno,wohnung,whg,m"
)
_REGION = r"(?:\s?/\s?[A-Z]{2}\b|\s\([A-Z]{2}\))"
_TAIL = (
    rf"(?:[\s,]{{1,2}}(?i:{_FLAT})\.?\s?\#?\w{{1,5}}\b)?(?:,?\s\d{{1,2}}[ºª°]\w?)?(?:\s(?i:apt\.|piso)\s?\d+)?"
    rf"(?:[\s,]{{1,3}}(?:{_CITY},?\s{{1,2}})?(?:[A-Z]{{2}}\s)?{_POSTCODE}(?:[ ,]{{1,2}}{_CITY}{_REGION}?)?"
    rf"|,?\s{{1,2}}{_CITY},\s[A-Z]{{2}}\b(?:\s\d{{5}})?|,\s(?!(?:Please|Thanks?|Thank|My|The|I|It|Where|When|Can|Danke|Bitte)\b){_CAPITAL})?"
)
_HOUSE = (
    r"\d{1,4}(?:\s?[a-zA-Z]\b|\s(?:bis|ter)\b)?(?:\s?[-/]\s?\d{1,4}[a-zA-Z]?)?"
    rf"{_STOP}(?!\s?(?:€|%|(?i:EUR|cm|mm|kg|euros?)\b))"
)
_STREET_LAST = (
    one_of(
        "Street,St,Road,Rd,Avenue,Av,Ave,Lane,Ln,Drive,Dr,Close,Court,Ct,Way,Place,Pl,Square,Sq,Terrace,Ter,Crescent,"
        "Cres,Boulevard,Blvd,Gardens,Gdns,Grove,Hill,Park,Row,Mews,Highway,Hwy,Parkway,Pkwy,Circle,Cir,Trail,Alley,Walk"
    )
    + r"\b\.?"
)
_STREET_END = one_of(
    "straße,strasse,str.,str,allee,gasse,platz,weg,damm,ufer,chaussee,steig,straat,laan,plein,gracht,kade,singel,dijk,"
    "steeg,dreef,vägen,gatan,gränd,stigen,vej,gade,gata,veien,katu"
)
# A part of a street's name, that a hyphen or a space divides from the next: 'Karl-', 'Graf-von-'.
_PIECE = rf"[{_LARGE}][\w'\u2019]{{0,40}}+(?:-(?![{_LARGE}]|(?i:{_STREET_END})\b)[\w'\u2019]{{1,40}}+){{0,2}}+"
_STREET_FIRST = one_of(
    "rue,avenue,av.,boulevard,bd,blvd,place,chemin,allée,impasse,quai,route,cours,passage,calle,c/,avenida,avda,plaza,"
    "paseo,camino,cuesta,glorieta,pasaje,pasadizo,rambla,ronda,urbanización,vial,alameda,carrer,callejón,cañada,acceso,"
    "via,viale,piazza,corso,largo,vicolo,borgo,stretto,c.,strada,contrada,canale,rotonda,incrocio,rua,travessa,praça,"
    "rodovia,estrada,ladeira,ul.,ulica,al.,aleja,plac,pl.,os."
)
_NAMED = rf"\.?\s?(?:(?>{_CAPITAL}\.?|{_SMALL_WORD}|\d{{1,2}}\s[^\W\d]{{1,40}})[ -]?){{1,7}}"
_POSTCODE_WORD = one_of("plz,postleitzahl,post code,postcode,postal code,zip,zip code,code postal,código postal,cap")
_PART = (
    rf"(?:(?i:{_FLAT})\s\w{{1,4}}|(?:\d{{1,4}}[A-Za-z]?\s)?(?:{_CITY}|{_CAPITAL}\s\d{{1,6}}\s{_CAPITAL}\s\d{{1,6}})"
    rf"(?:\s\d\w?[ªº]\s{_CAPITAL})?|\d{{1,4}}[A-Z]?)"
)
_UNITS = "KG|ML|CM|MM|GB|MB|TB|MG|LM|EU|UK|US|PS|HZ|MA"
ADDRESSES = (
    rf"\b\d{{1,5}}[a-zA-Z]?,?\s(?:(?:{_CAPITAL}|\d{{1,3}}(?:st|nd|rd|th))\.?\s){{1,4}}{_STREET_LAST}{_TAIL}",
    rf"\b\d{{1,4}}[a-z]?\s(?:(?!the\s|a\s|down\s|my\s|this\s|of\s)[a-z'-]+\s){{1,2}}(?:street|road|avenue|lane)\b"
    rf"(?:,?\s(?i:(?:[^\W\d]+,?\s){{0,2}}{_UK_POSTCODE}))?",
    rf"\b\d{{1,5}}\s(?:{_CAPITAL},?\s){{1,10}}(?:(?i:{_FLAT})\.?\s\d{{1,5}},?\s(?:{_CAPITAL},?\s){{0,4}})?[A-Z]{{2}}\s\d{{5}}\b",
    rf"\b(?:{_PIECE}[ -]){{0,6}}[{_LARGE}][\w'\u2019]{{0,40}}?-?{_STREET_END}\s{{1,2}}{_HOUSE}{_TAIL}",
    rf"\b(?:{_PIECE}[ -]){{1,6}}(?i:{_STREET_END})\s{{1,2}}{_HOUSE}{_TAIL}",
    rf"\b{_CAPITAL}(?: {_CAPITAL}){{0,2}}\s{_HOUSE},?\s{{1,2}}{_POSTCODE},?\s{_CITY}",
    rf"\b(?i:{_STREET_FIRST}){_NAMED},?\s{_POSTCODE}\s{_CITY}",
    rf"\b\d{{1,4}}(?:\s?(?:bis|ter))?,?\s(?i:{_STREET_FIRST})\b{_NAMED}{_TAIL}",
    rf"\b(?i:{_STREET_FIRST}){_NAMED},?\s?(?:(?i:n[º°.]|nr\.?)\s?)?{_HOUSE}{_TAIL}",
    rf"\b(?i:p\.?\s?o\.?\s?box|postfach|postbus|apartado|boîte postale|casella postale)\s\d[\d ]{{0,9}}{_TAIL}",
    rf"\b(?i:{_POSTCODE_WORD})[\s:]{{1,2}}(?i:is |ist |es |est )?(?P<detail>{_POSTCODE}(?:\s{_CITY})?)",
    rf"\b(?:{_CAPITAL} ){{0,2}}{_CAPITAL},\s[A-Z]{{2}}\s\d{{5}}(?:-\d{{4}})?\b",
    rf"\b[1-9]\d{{3}} (?!{_UNITS})[A-Z]{{2}} {_CITY}",
)
POSTCODES = (
    # whatever stands before a postcode that can be nothing else
    rf"\b(?>{_PART},\s){{0,5}}(?:{_CITY}\s)?(?:{_UK_POSTCODE}|\d{{5}}-\d{{3}}(?!\w))(?: {_CITY}{_REGION}?)?",
)
FIELD_POST = (rf"\b(?:(?>{_PART},\s)|PSC\s\d{{1,5}},\sBox\s\d{{1,5}},\s)?(?:FPO|APO|DPO)\sA[AEP]\s\d{{5}}\b",)

_IS = r"(?:\s(?:is|was|lautet|ist|war|est|es|è)\b)?[\s:=#-]{0,3}"
_NO = r"(?:[\s-]{0,2}(?:no|nr|num|number|nummer|numero|número|numéro|n|id|code)\b\.?|\s?n?[°º]|s?nummer|\s?\#)"
_ORDER_WORD = one_of(
    "order,bestellung,bestell,bestelling,bestel,commande,pedido,ordine,encomenda,zamówienie,zamowienie,zamówienia,"
    "beställning,invoice,rechnung,rechnungs,facture,factura,fattura,tracking,parcel,shipment,sendung,sendungs,paket,colis,"
    "envío,spedizione,receipt,booking,ticket,case,vorgang,customer,kunden,kunde,client,cliente,account,konto,member,"
    "auftrag,auftrags,rma,reference,ref"
)
_CODE = r"(?=[\w/.-]{0,30}\d)[A-Z0-9]\w{0,40}(?:[-/.]\w{1,20}){0,5}"
_COUNTED = r"(?!\w|\s?(?:€|\$|£|%|(?:eur|usd|gbp|pieces|pcs|units|items|euros?|dollars?|pounds?|stück|x|of)\b))"
ORDERS = (
    rf"\b{_ORDER_WORD}{_NO}{{1,2}}{_IS}(?P<detail>{_CODE}(?:\s\d{{2,9}}\b){{0,5}})",
    rf"\b{_ORDER_WORD}s?\b\.?{_IS}(?P<detail>(?=[\w-]{{0,30}}\d{{4}}){_CODE}{_COUNTED})",
    r"(?<![\w&/])(?P<detail>\#[A-Z]{0,4}-?\d{4,}\b)",
    r"\b(?:1Z[0-9A-Z]{16}|[A-Z]{2}\d{9}[A-Z]{2}|J[JV]D\d{16,20})\b",
)

_BORN = one_of(
    "born,born on,born the,date of birth,birthday,dob,geboren,geboren am,geburtsdatum,geburtstag,né le,née le,nato il,"
    "date de naissance,nacido el,nacida el,fecha de nacimiento,nata il,data di nascita,geboortedatum,data urodzenia"
)
BIRTH_DATES = (
    rf"\b{_BORN}[\s:]{{1,3}}(?:(?:is|ist|am|est le|es el|è il)\s)?(?P<detail>\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{2,4}}"
    r"|\d{1,2}(?:st|nd|rd|th|\.)?\s(?:de\s)?[^\W\d]{3,10}\.?,?\s(?:de\s)?\d{2,4}"
    r"|[^\W\d]{3,9}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s\d{2,4})",
)
_PAPER = one_of(
    "passport,personalausweis,ausweis,reisepass,passeport,pasaporte,passaporto,dni,nie,nif,cpf,pesel,bsn,ssn,id card,"
    "social security,national insurance,steuer-id,steuerid,tax id,codice fiscale,driving licence,driving license,"
    "drivers license,driver's license,führerschein"
)
PAPERS = (
    rf"\b{_PAPER}{_NO}{{0,2}}{_IS}(?P<detail>(?=[A-Z .-]{{0,7}}(?:\d[A-Z .-]{{0,2}}){{5}})"
    r"[A-Z0-9]{1,20}(?:[ .-]?\d[\dA-Z]{0,12}){0,6}(?:[ .-][A-Z]\b)?)",
)
CARDS = (
    rf"{_START}\d{{4}}(?:[ -]?\d{{4}}){{2}}[ -]?\d{{2,7}}{_STOP}",
    rf"{_START}\d{{4}}[ -]\d{{6}}[ -]\d{{4,5}}{_STOP}",
)
LONG_NUMBERS = (rf"(?<![\w.,/-])\d{{9,}}{_STOP}",)

_CALLED = one_of(
    "call,phone,telephone,tel,mobile,cell,whatsapp,fax,handy,telefon,telefono,teléfono,téléphone,portable,móvil,"
    "cellulare,telefoon,mobiel,telefonnummer,handynummer"
)
_EXTENSION = r"(?: ?(?:x|ext\.?|extension|durchwahl) ?\d{1,6})?"
_DIALLED = (
    r"(?:\+|00) ?[1-9]\d{0,2}(?:[ ./()-]{0,3}\d){6,14}",
    r"(?=\(?(?:\d[ ./()-]{0,3}){8})\(?0\d{1,5}\)?(?:[ ./-]{1,3}\d{2,8}){1,5}(?![./-]\d)",
    r"(?:1[ .-])?(?:\([2-9]\d{2}\)|[2-9]\d{2})[ .-]{0,2}\d{3}[.-]\d{4}",
    r"(?:1[ .-])?(?:\([2-9]\d{2}\)|[2-9]\d{2}) \d{3}[ -]\d{4}",
    r"[3-9]\d{1,2}(?:[ .-]\d{2,3}){3}",
    r"[1-9]\d \d{3}(?: \d{2}){2}",
    r"[3-9]\d{2}(?:[ -]\d{3}){2}",
    r"3\d{2}[ .-]\d{6,7}",
    r"\(?[1-9]\d\)? 9?\d{4}-\d{4}",
)
PHONES = (
    *(rf"{_START}{form}{_EXTENSION}{_STOP}" for form in _DIALLED),
    rf"\b(?i:{_CALLED}\b\.?(?: ?(?:me|us|no|nr|number|nummer)\b\.?){{0,2}}"
    r"(?: (?:on|at|is|unter|ist|au|al))?[\s:]{1,3})"
    rf"(?P<detail>\+?\(?\d(?:[ ./()-]{{0,2}}\d){{5,14}}{_EXTENSION}{_STOP})",
)

_HOSTS = one_of("com,org,net,de,fr,es,it,nl,pl,uk,co,io,eu,at,ch,se,app,me,br,pt")
_URL_END = r"[^\s<>\".,;:!?)\]']"
LINKS = (
    rf"\b(?:https?://|ftp://|www\.)[^\s<>\"]*{_URL_END}",
    rf"\b(?:[\w-]{{1,63}}+\.){{1,8}}{_HOSTS}/[^\s<>\"]*{_URL_END}",
)
EMAILS = (
    r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}+@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,63}",
    r"(?i)\b[\w.+-]{1,64}+\s?[\[({]\s?(?:at|ät|arroba)\s?[\])}]\s?[\w-]{1,63}"
    r"(?:(?:\s?[\[({]\s?(?:dot|punkt|punto)\s?[\])}]\s?|\.)[\w-]{1,63}){1,8}",
)
HANDLES = (r"(?<![\w@.])@[A-Za-z_][\w.]{0,30}\w",)

# Words after a greeting or a closing that are nobody's name.
_NOBODY = (
    one_of(
        "Team,Sir,Sirs,Madam,Support,All,Everyone,Everybody,Customer,Customers,Service,Services,There,Again,Shop,Store,"
        "Damen,Herren,Seller,Company,Help,Friend,Friends,Folks,Guys,Kundenservice,Kundendienst,Zusammen,Leute,Messieurs,"
        "Mesdames,Equipo,Señores,The,This,That,These,I,We,You,My,It,What,When,Where,Which,Why,How,Who,Can,Could,Will,"
        "Please,Thank,Thanks,Yes,No,Regards,Sent,Best,Kind,Hi,Hello,Morning,Afternoon,Evening,Day,Tag,Morgen,Abend,Ich,"
        "Wir,Wo,Wann,Wie,Mein,Meine,Die,Der,Das,Great,Very,So,Not,But,And,In,On,For,Any,Am,Is,If,To,Of,As,At,Just,Also,"
        "Grüße,Grüßen,Grüsse,Gruß,Groet,Wishes,Ihr,Ihre,Your,Our,Unser,Votre,Serviceteam,Euer"
    )
    + r"\b"
)
_PARTICLE = one_of("van,von,de,der,den,la,le,di,da,del,dos,ten,zu,bin,el")
_WHO = (
    rf"(?!{_NOBODY})[{_LARGE}](?:[{_MARKS}]?\w){{1,40}}+"
    rf"(?:[ -](?!{_NOBODY})(?:{_PARTICLE}\s){{0,3}}[{_LARGE}](?:(?:[{_MARKS}]?\w){{1,40}}+|\.)?){{0,3}}"
)
_TITLE = (
    r"(?:(?:[Mm]rs?|MRS?|[Mm]s|Miss|Mx|Prof|Dr|Sra?|Srta|Sig|Mme|Mlle)\b\.?"
    r"|(?:Herrn?|Frau|Madame|Monsieur|Señora?|Signora?|Mevrouw|Meneer|Pani?)\b)"
)
_GREETING = one_of(
    "hi,hello,hey,dear,hallo,lieber,liebe,liebes,sehr geehrter,sehr geehrte,guten tag,bonjour,cher,chère,hola,querido,"
    "querida,estimado,estimada,ciao,gentile,caro,cara,beste,geachte,olá,cześć,hej,good morning,good afternoon,"
    "good evening"
)
_NAMING = one_of(
    "my name is,my full name is,name:,named:,name is,ich heiße,ich heisse,mein name ist,je m'appelle,je m\u2019appelle,"
    "mon nom est,me llamo,mi nombre es,mi chiamo,il mio nome è,mijn naam is,nazywam się,o meu nome é,chamo-me,"
    "jag heter,signed,signed:,hier ist"
)
_CLOSING = one_of(
    "regards,kind regards,best regards,warm regards,kindest regards,with kind regards,best wishes,"
    "with best wishes,sincerely,yours sincerely,yours faithfully,yours truly,sincerely yours,thanks,"
    "many thanks,thanks again,thanks a lot,thanks in advance,thank you,thank you very much,thank you again,"
    "thank you in advance,thank you so much,cheers,best,love,freundliche grüße,freundlichen grüßen,"
    "mit freundlichen grüßen,mit freundlichen grüssen,beste grüße,viele grüße,besten dank,vielen dank,"
    "liebe grüße,herzliche grüße,schöne grüße,gruß,grüße,mfg,lg,vg,cordialement,bien à vous,salutations,merci,"
    "merci beaucoup,saludos,saludos cordiales,atentamente,gracias,muchas gracias,saluti,cordiali saluti,"
    "grazie,grazie mille,met vriendelijke groet,vriendelijke groeten,groetjes,pozdrawiam,obrigado,obrigada,"
    "danke,danke schön,yours,atenciosamente,vänliga hälsningar,mvh"
)
_NO_NAME = (
    one_of(
        "much,very,so,really,for,have,hope,that,is,it,you,please,all,and,but,in,looking,this,what,can,how,bis,bitte,"
        "your,wish,the,we,my,just,no,if,der,die,das,ihr,ihre,our,unser,customer,votre,su,el,la,le"
    )
    + r"\b"
)
_AND = one_of("and,und,et,y,e,en,i") + r"\b"
_AFTER_NAME = (
    one_of(
        "on,not,in,at,wrong,misspelled,misspelt,spelled,spelt,missing,incorrect,correct,different,also,still,now,under,"
        "written,falsch,nicht,auf,im,mal,pas,sur,mal écrit,no,en,mal escrito,non,niet,op,a,an,here,there,too,with"
    )
    + r"\b"
)
NAMES = (
    rf"(?<!eine )(?<!einer )(?<!einem )(?<!ihre )\b{_TITLE}\s(?P<detail>(?:{_TITLE}\s){{0,3}}{_WHO})",
    rf"(?:^|[\n.!?])\s{{0,3}}(?i:{_GREETING})\s(?P<detail>{_WHO})(?=\s{{0,3}}(?:[,!.:\n{_DASH}]|$))",
    rf"\b(?i:{_NAMING})\s(?P<detail>{_WHO})",
    # in small letters, where nothing else can follow: not "my name is on the order"
    rf"\b(?i:{_NAMING})\s(?P<detail>(?!{_NO_NAME}|{_AFTER_NAME})[^\W\d]{{2,20}}+(?: (?!{_AND})[^\W\d]{{2,20}}+)?)"
    rf"(?=\s{{0,3}}(?:[.,!\n{_DASH}]|$|{_AND}))",
    rf"\b(?i:this is)\s(?![A-Z]+\b)(?P<detail>{_WHO})(?=\s(?:here|speaking|from|writing|again)\b|[.,])",
    rf"\b(?i:{_CLOSING})(?:[ \t]?[,.!\n{_DASH}]{{1,3}}\s{{0,4}}|\s{{1,2}}(?:from\s)?)"
    rf"(?P<detail>{_WHO})(?=\s{{0,3}}(?:[.,!\n{_DASH}]|$))",
    rf"\n[ \t{_DASH}]{{0,6}}(?P<detail>{_WHO})\s{{0,3}}$",
)
SIGNATURES = (
    rf"\b(?i:{_CLOSING})[ \t]?[,.!\n{_DASH}]{{1,3}}\s{{0,4}}"
    rf"(?P<detail>(?!{_NO_NAME})[^\W\d]{{2,20}} [^\W\d]{{2,20}})\s{{0,3}}$",
)

"""The words that exports name columns with, in eight languages, by what they mean: the one place for spellings.

English, German, French, Spanish, Italian, Dutch, Portuguese, Polish. Accents do not matter, nor upper and lower case.
A name is read as a set of meanings: `Order Date`, `Bestelldatum` and `fecha_pedido` are all order and date.
"""

from __future__ import annotations

import re

# A meaning a line, its words behind it.
TEXT = """\
order: order orders ord bestellung bestellungen bestell auftrag auftrags commande commandes cmd pedido pedidos
  ordine ordini orden ordenes ordem bestelling bestellings bestel besteld zamowienie zamowienia zam encomenda
  purchase purchases compra compras achat achats kauf acquisto zakup zakupu aankoop sale sales vente ventes venta
  ventas vendita verkauf verkaufs verkoop sprzedaz sprzedazy
invoice: invoice invoices bill billno rechnung rechnungs facture factures factura fattura fatura factuur faktura
  faktury receipt beleg bon bons recu ricevuta recibo kassenbon paragon paragonu scontrino transaction transactions
  transaktion transaktions transaccion transazione transacao transactie transakcja transakcji trans basket warenkorb
  panier ticket txn trx document doc docs
id: id ids nr no num number numbers nummer numero numer nrs code codes kode codigo codice kod key ref reference
  referenz referencia riferimento referencja referentie kennung kennziffer identifier identifiant identificador uuid
  guid index
sku: sku skus asin ean gtin upc isbn barcode barcodes ean13 stockcode mpn
product: product products produkt produkte produktu produit produits producto productos prodotto prodotti produto
  produtos artikel article articles articulo articulos articolo articoli artigo item items artykul artykulu towar
  towaru ware listing material stock merchandise variant variante style prod art lineitem book cd
line: line lines position positions pos zeile zeilen ligne lignes linea linha regel pozycja pozycji positionsnummer
  row lp
date: date dates datum fecha data dato dzien day tag jour dia giorno dag timestamp zeitpunkt zeitstempel datetime
  date_time dt am ts czas momento when
time: time uhrzeit zeit heure hora ora tijd tijdstip godzina godz clock
created: created creation criacao creacion creazione create placed erstellt erstellung angelegt cree creee creado
  creato criado utworzono utworzenia zlozenia zlozono aangemaakt added registered registration registriert inscription
  registro signup signed joined join since seit angemeldet anmeldung rejestracji iscrizione cadastro registrazione
  submitted completed
updated: updated update modified modification changed geandert aktualisiert modifie actualizado modificato
  atualizado zmodyfikowano gewijzigd last letzte dernier ultima ultimo ostatnia laatste
shipping: shipping shipped ship shipment delivery delivered dispatch dispatched versand versendet lieferung liefer
  lieferadresse livraison envio spedizione entrega verzending levering dostawa dostawy wysylka wysylki fulfilled
  fulfillment required expected freight fracht porto postage port frete flete carrier
billing: billing invoiceaddress rechnungsadresse facturation facturacion fatturazione faturacao facturatie
payment: payment payments paid pay zahlung zahlungs zahlart bezahlt paiement pago pagamento betaling betaald
  platnosc platnosci card
return: return returned returns refund refunded refunds ruckgabe retoure retour devolucion reso devolucao zwrot
  zwrotu rembourse remboursement erstattung cancelled canceled cancel storno
customer: customer customers cust kunde kunden kundin client clients cliente clientes clienti klant klanten klient
  klienta klienci buyer buyers kaufer acheteur comprador acquirente koper kupujacy kupujacego member members
  mitglied membre user users nutzer benutzer utilisateur usuario utente gebruiker uzytkownik account konto household
  shopper guest person besteller consumer consumidor patron
visitor: visitor visitors anonymous anon session sessions sessionid cookie device browser besucher visiteur
  visitante visitatore bezoeker sesja sitzung sesion sessione sessao pseudo
email: email emails mail mails emailadresse mailadresse emailaddress correo courriel posta poczta e_mail
phone: phone phones telefon telephone tel telefono telefone telefoon mobile handy mobil cell cellphone movil
  cellulare komorka gsm rufnummer telefonnummer celular portable msisdn whatsapp
address: address adresse adres direccion indirizzo endereco street strasse rue calle via rua straat ulica address1
  address2 addr
postcode: postcode postal zip zipcode plz postleitzahl cp cap cep kodpocztowy pocztowy
region: region regions province provincia provinz bundesland departement wojewodztwo county estado state district
  gebiet territory
name: name names namen nom nombre nome naam nazwa bezeichnung title titel titre titulo titolo tytul label libelle
  designation denominazione denominacao benennung
person_name: firstname lastname vorname nachname prenom voornaam imie surname apellido apellidos cognome sobrenome
  achternaam nazwisko familienname fullname first family given
description: description descriptions beschreibung descripcion descrizione descricao omschrijving opis details desc
  itemdescription
quantity: quantity quantities qty qte menge mengen anzahl stuckzahl quantite cantidad quantita quantidade aantal
  ilosc units pieces pcs count stk stck cant qta qtd szt hoeveelheid liczba sztuk quant bestellmenge pezzi piezas
  unidades ordered
price: price prices preis preise prix precio precios prezzo prezzi preco prijs cena ceny tarif listenpreis
  verkaufspreis vk einzelpreis stuckpreis stukprijs
unit: unit einzel stuck unitaire unitario unitaria stuks stuk eenheid jednostkowa jednostki each per piece einheit
  einheits unite unidad unita unidade single single
total: total totals summe gesamt gesamtpreis gesamtbetrag gesamtsumme montant somme importe importo totale totaal
  bedrag kwota suma wartosc amount amounts betrag revenue umsatz value wert sales valor valore waarde valeur
  subtotal zwischensumme sum sold turnover proceeds extended lacznie razem monetary spend spent erlos
net: net netto nett ht excl exkl neto liquido
gross: gross brutto ttc incl inkl bruto lordo brut
discount: discount discounts rabatt rabatte remise descuento sconto desconto korting rabat reduction nachlass rebate
  promo coupon gutschein voucher
span: hour hours weekday weekdays dow prior elapsed stunde stunden wochentag
percent: percent percentage prozent pct rate procent porcentaje percentuale pourcentage satz quote ratio
tax: tax taxes steuer mwst ust vat tva iva btw taxe imposto podatek impuesto gst
cost: cost costs einkaufspreis ek cout coste costo custo kosten koszt kostprijs einstandspreis inkoopprijs
profit: profit profits margin marge gewinn benefice beneficio utile lucro winst zysk
currency: currency wahrung devise moneda valuta moeda waluta divisa waluty monnaie
status: status zustand etat statut stato bestellstatus auftragsstatus situacao
state: state estado
channel: channel channels kanal canal canale kanaal store stores filiale laden shop boutique magasin tienda negozio
  loja winkel sklep marketplace plattform filial branch outlet vertriebsweg
platform: platform app site plateforme
country: country countries land pays pais paese kraj herkunftsland lieferland landcode nation countrycode
city: city cities stadt ort ville ciudad citta cidade plaats stad miasto wohnort town woonplaats municipality
  localidad comune gemeente
gender: gender sex geschlecht sexe sexo sesso genero geslacht plec anrede salutation
birth: birth birthday birthdate geburt geburtsdatum geburtstag naissance nacimiento nascita nascimento geboorte
  geboortedatum urodzenia dob geboren
age: age alter edad eta idade leeftijd wiek altersgruppe
income: income einkommen revenu ingresos reddito renda inkomen dochod
consent: consent newsletter optin marketing accepts einwilligung werbung subscribed subscriber abonne suscrito zgoda
  consentimiento consenso consentimento toestemming
category: category categories kategorie kategorien categorie categoria categorias kategoria warengruppe department
  abteilung rubrique sortiment group gruppe grupo gruppo productgroup productline family familie class produktgruppe
  kategorii collection subcategory
type: type types art typ tipo kind soort rodzaj
brand: brand brands marke marken marque marca merk marka manufacturer hersteller fabricant fabricante vendor
  producent producer produttore label fornecedor
image: image images bild foto photo picture img imagen immagine afbeelding zdjecie thumbnail
url: url uri link href address_url
available: available availability verfugbar disponible disponibile disponivel beschikbaar dostepny instock active
  aktiv
inventory: inventory lager lagerbestand bestand onhand quantityinstock stocklevel voorraad giacenza existencias
event: event events ereignis action aktion evenement evento zdarzenie activity aktivitat gebeurtenis akcja behaviour
  behavior interaction
search: search query suche suchbegriff recherche busqueda ricerca pesquisa zoekterm wyszukiwanie keyword term
page: page seite pagina strona path pageurl
referrer: referrer referer verweis
campaign_source: utmsource campaignsource mktsource trafficsource
campaign_medium: utmmedium campaignmedium mktmedium trafficmedium
campaign_name: utmcampaign mktcampaign campaignname
user_agent: useragent agent user_agent ua
review: review reviews bewertung bewertungs rezension avis resena recensione avaliacao beoordeling opinia opinii
  recenzja recenzji feedback kundenbewertung evaluation opinion
rating: rating ratings score scores sterne note stars puntuacion voto nota cijfer ocena bewertungspunkte etoiles
  estrellas stelle estrelas sterren gwiazdki calificacion punteggio
text: text comment comments kommentar commentaire comentario commento opmerking komentarz message body content
  inhalt texte texto testo tekst tresc contenu contenido
title: title titel titre titulo titolo tytul headline uberschrift betreff summary subject onderwerp
cents: cents cent pence centavos centimes groszy minor
utc: utc gmt
"""
WORDS = {
    meaning: words.split()
    for meaning, words in (line.split(": ", 1) for line in re.sub(r"\n  ", " ", TEXT).splitlines())
}
# Words that say nothing of what a column is.
FILLER_TEXT = """\
a an and at col colonne column columna d da das de del della der des di die dla do du e een el et feld field for fur
het im in in_ je l la las le les los mein my na o oder of on ou our para per pour raw spalte the und unser van w wg
y z
"""
FILLERS = set(FILLER_TEXT.split())
CURRENCY_TEXT = """\
aed ars aud bdt bgn brl cad chf clp cny cop czk dkk egp eur gbp hkd huf idr ils inr jpy kes krw lkr mxn myr ngn nok
nzd pen php pkr pln ron rub sar sek sgd thb try uah usd vnd zar
"""
CURRENCIES = set(CURRENCY_TEXT.split())
SIGNS = {
    "€": "EUR",
    "£": "GBP",
    "zł": "PLN",
    "₹": "INR",
    "₺": "TRY",
    "₴": "UAH",
    "kč": "CZK",
    "r$": "BRL",
    "us$": "USD",
}

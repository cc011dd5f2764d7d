{# eBay's transaction report, of a month or any other time, in English or German. #}
{% macro ebay_raw_tables() %}
  {{ return(dict({
    'transactions': {'files': 'transaction*report*|transaktionsbericht*|ebay*', 'needed': true, 'with_file': true, 'columns': {
      'created_on*': 'Transaction creation date|Datum der Transaktionserstellung', 'type*': 'Type|Typ',
      'order_number*': 'Order number|Bestellnummer', 'buyer': 'Buyer username|Nutzername des Käufers',
      'country': 'Ship to country|Versandziel - Land',
      'item_id*': 'Item ID|Artikelnr.|Artikelnummer', 'transaction_id': 'Transaction ID|Transaktionsnummer',
      'item_title': 'Item title|Angebotstitel', 'custom_label': 'Custom label|Custom label (SKU)|Bestandseinheit|Bestandseinheit (SKU)',
      'quantity': 'Quantity|Stückzahl|Anzahl',
      'item_subtotal*': 'Item subtotal|Zwischensumme Artikel', 'postage': 'Shipping and handling|Verpackung und Versand',
      'seller_tax': 'Seller collected tax|Vom Verkäufer eingezogene Steuer',
      'gross_amount*': 'Gross transaction amount|Transaktionsbetrag (inkl. Kosten)',
      'currency': 'Transaction currency|Transaktionswährung', 'reference': 'Reference ID|Referenznummer',
      'description': 'Description|Beschreibung',
    }},
  }, **tables_beside_exports())) }}
{% endmacro %}

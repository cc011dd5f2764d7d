{# Etsy's downloads of sold order items, a file a year or a month, and of sold orders, which tell what was paid back. The files
   of a British shop say Delivery where those of an American one say Ship or Shipping. #}
{% macro etsy_raw_tables() %}
  {{ return(dict({
    'sold_order_items': {'files': 'etsysoldorderitems*', 'needed': true, 'last_file_of': 'order_id', 'columns': {
      'order_id*': 'Order ID', 'transaction_id*': 'Transaction ID', 'sale_date*': 'Sale Date', 'listing_id*': 'Listing ID',
      'item_name*': 'Item Name', 'buyer': 'Buyer', 'quantity*': 'Quantity', 'price*': 'Price', 'discount': 'Discount Amount',
      'postage': 'Order Shipping|Order Delivery', 'currency': 'Currency', 'country': 'Ship Country|Delivery Country',
      'order_type': 'Order Type', 'sku': 'SKU', 'coupon': 'Coupon Code', 'street': 'Ship Address1|Delivery Address 1',
      'street_2': 'Ship Address2|Delivery Address 2', 'zip': 'Ship Zipcode|Delivery Zipcode',
    }},
    'sold_orders': {'files': 'etsysoldorders*', 'last_file_of': 'order_id', 'columns': {
      'order_id*': 'Order ID', 'status': 'Status', 'card_fees*': 'Card Processing Fees', 'order_net*': 'Order Net',
      'adjusted_card_fees*': 'Adjusted Card Processing Fees', 'adjusted_order_net*': 'Adjusted Net Order Amount',
    }},
  }, **tables_beside_exports())) }}
{% endmacro %}

{# Who bought, by the name that the buyer signs in with: people change the other one. Guests have none, and stay unknown.
   etsy_buyer('buyer') on 'Ann Lee (annlee42)', 'annlee42', '' -> 'annlee42', 'annlee42', null #}
{% macro etsy_buyer(column) -%}
  nullif(trim(coalesce(nullif(regexp_extract({{ column }}, '[(]([^()]+)[)] *$', 1), ''), {{ column }})), '')
{%- endmacro %}

{# What pieces cost together, as a decimal of six places; of amounts beyond a million, too.
   value_of_pieces('quantity', 'price') on '3', '1,500,000.00' -> 4500000.000000 #}
{% macro value_of_pieces(pieces, price) -%}
  {{ product_of(amount_of_text(pieces), amount_of_text(price)) }}
{%- endmacro %}

{# Pieces times price, both decimals: the engine would keep the product as narrow as they are. product_of(3, 1500000.0) -> 4500000.000000 #}
{% macro product_of(pieces, price) -%}
  cast({{ pieces }} * cast({{ price }} as decimal(20, 6)) as decimal(38, 6))
{%- endmacro %}

{# What one piece of a line cost, from what the line did, as text: six decimals, so that the pieces give the line's cents again.
   price_of_one('10.00', '3') -> '3.333333'; of no pieces it is the amount. #}
{% macro price_of_one(amount, quantity) -%}
  cast(cast({{ amount }} / coalesce(nullif({{ quantity }}, 0), 1) as decimal(38, 6)) as string)
{%- endmacro %}

{# A line's share of what its order was reduced by, in cents that add up to it: by the value of the lines so far.
   share_of_order(5, line_value, 'order_id', 'row_number') on lines of 10, 10 and 10 -> 1.67, 1.66, 1.67 #}
{% macro share_of_order(amount, value, order_id, place) -%}
  {%- set so_far = 'sum(' ~ value ~ ') over (partition by ' ~ order_id ~ ' order by ' ~ place ~ ' asc nulls last)' -%}
  {%- set share = amount ~ ' / nullif(sum(' ~ value ~ ') over (partition by ' ~ order_id ~ '), 0)' -%}
  coalesce(
    {{ whole_cents(so_far ~ ' * ' ~ share) }} - {{ whole_cents('(' ~ so_far ~ ' - ' ~ value ~ ') * ' ~ share) }}, 0
  )
{%- endmacro %}

{# An amount in cents, as a decimal: whole_cents('10.0 / 3') -> 3.33 #}
{% macro whole_cents(amount) -%}
  cast(round(cast({{ amount }} as decimal(38, 6)), 2) as decimal(38, 2))
{%- endmacro %}

{# An even draw from 0 to 1 by a key, a campaign and a customer: the first 52 bits of their SHA-256. The same three give the same
   draw for ever, and two campaigns have nothing to do with each other. holdout_draw('c.campaign_id', 'm.customer_id') -> 0.4127… #}
{% macro holdout_draw(campaign_id, customer_id) -%}
  {%- set length = 'cast(length(' ~ campaign_id ~ ') as string)' -%}
  {{ number_of_hex("substr(" ~ sha256_hex(sql_text(var('assignment_key') ~ ':') ~ ' || ' ~ length ~ " || ':' || " ~ campaign_id ~ " || ':' || " ~ customer_id) ~ ", 1, 13)") }}
  / 4503599627370496.0
{%- endmacro %}

{# A text that a spreadsheet was kept from changing by an apostrophe before it: shopify_text('phone') on '''+46 70' -> '+46 70' #}
{% macro shopify_text(column) -%}
  nullif(trim(ltrim({{ column }}, chr(39))), '')
{%- endmacro %}

{# The first of some columns that holds something, as which orders and customers name a person: shopify_person(['email', 'phone']) #}
{% macro shopify_person(columns) -%}
  coalesce({%- for column in columns %}{{ shopify_text(column) }}{{ ', ' if not loop.last }}{% endfor %})
{%- endmacro %}

{# The state of an order. Staff who are paid on delivery keep it in tags; what is paid on delivery is a sale before it is paid, unless
   the setting pending_is_sale says no. On `pending` with `Cash on Delivery (COD)` -> 'paid on delivery' #}
{% macro shopify_state() -%}
  case
    when cancelled_at is not null then 'cancelled'
    when lower(financial_status) = 'pending'
      and replace(replace(', ' || lower(tags) || ',', 'cancelled', 'canceled'), ', order ', ', ') like '%, canceled,%' then 'cancelled'
    {%- if var('pending_is_sale') is none %}
    when lower(financial_status) = 'pending'
      and (lower(payment_method) like '%on delivery%' or lower(payment_method) like '%(cod)%') then 'paid on delivery'
    {%- endif %}
    else financial_status
  end
{%- endmacro %}

{# What a field of eBay's report holds, null for `--`: ebay_field('item_id') on '--', '157000000001' -> null, '157000000001' #}
{% macro ebay_field(column) -%}
  nullif(nullif(trim({{ column }}), '--'), '')
{%- endmacro %}

{# A day of eBay's report with the year first, so that days can be compared: months have English or German names, and dots stand
   behind the day. Other texts stay. ebay_day('created_on') on 'Dez 29, 2025', '3. März 2023', '01.10.2025' ->
   '2025-12-29', '2023-03-03', '2025-10-01' #}
{% macro ebay_day(column) -%}
  {%- set months = namespace(text="trim(" ~ column ~ ")") -%}
  {%- for german, english in {'März': 'Mar', 'Mär': 'Mar', 'Mrz': 'Mar', 'Mai': 'May', 'Okt': 'Oct', 'Dez': 'Dec'}.items() -%}
    {%- set months.text = "replace(" ~ months.text ~ ", '" ~ german ~ "', '" ~ english ~ "')" -%}
  {%- endfor -%}
  case
    when regexp_matches({{ column }}, '[A-Za-z]{3}|^ *[0-9]{1,2}[.]') and not contains({{ column }}, ':')
      then coalesce(strftime(try_cast({{ date_of_text(months.text, "'day first'") }} as date), '%Y-%m-%d'), {{ column }})
    else {{ column }}
  end
{%- endmacro %}

{# An amount of a row without the part of it that is no revenue, whichever sign that was written with.
   ebay_without('gross', 'postage') on 25 and 5, on -20 and -5 -> 20, -15 #}
{% macro ebay_without(amount, part) -%}
  {{ amount }} - sign({{ amount }}) * abs(coalesce({{ part }}, 0))
{%- endmacro %}

{# An amount of eBay's, which has two decimals at most: ebay_amount('item_subtotal') on '1.200', '19,9', '5.5' -> 1200, 19.9, 5.5 #}
{% macro ebay_amount(column) -%}
  case
    when regexp_matches(trim({{ column }}), '^-?[0-9]{1,3}([.][0-9]{3})+$')
      then {{ read_number("trim(" ~ column ~ ")", "'decimal comma'") }}
    else {{ amount_of_text(column) }}
  end
{%- endmacro %}

{# What a field of eBay's report holds, null for `--`: ebay_field('item_id') on '--', '157000000001' -> null, '157000000001' #}
{% macro ebay_field(column) -%}
  nullif(nullif(trim({{ column }}), '--'), '')
{%- endmacro %}

{# A day of eBay's report with an English month: ebay_day('created_on') on 'Dez 29, 2025' -> 'Dec 29, 2025' #}
{% macro ebay_day(column) -%}
  {%- set months = namespace(text=column) -%}
  {%- for german, english in {'Mär': 'Mar', 'Mrz': 'Mar', 'Mai': 'May', 'Okt': 'Oct', 'Dez': 'Dec'}.items() -%}
    {%- set months.text = "replace(" ~ months.text ~ ", '" ~ german ~ "', '" ~ english ~ "')" -%}
  {%- endfor -%}
  {{ months.text }}
{%- endmacro %}

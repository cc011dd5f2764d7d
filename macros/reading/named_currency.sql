{# The currency that a row names, else that of the setting `currency` for its source; null where neither says any.
   named_currency('currency') on 'eur', null with {square: GBP} on a row of square -> 'EUR', 'GBP' #}
{% macro named_currency(column) -%}
  {%- set cases = [] -%}
  {%- for source in sources() if setting_of_source('currency', source) -%}
    {%- do cases.append('when ' ~ is_of_source(source) ~ ' then ' ~ sql_text(setting_of_source('currency', source))) -%}
  {%- endfor -%}
  {{ 'upper(coalesce(' ~ column ~ ', case ' ~ cases | join(' ') ~ ' end))' if cases else 'upper(' ~ column ~ ')' }}
{%- endmacro %}

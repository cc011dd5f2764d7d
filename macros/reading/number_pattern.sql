{# What an amount looks like: a currency, groups of three (in India of two before the last three), decimals, an exponent; a sign
   before or behind the currency, brackets, or a minus at the end. number_pattern('[.]', ',') takes '-$1,234.50',
   'Rs. 1,23,456', '($3.00)' and '5-', but neither '--5' nor '1,23' #}
{% macro number_pattern(mark, separator) -%}
  {%- set blank, currency = "[ \u00a0]?", "(?:[$€£¥₹₩₺₴฿]|[A-Z]{1,3}[$]|[A-Z]{3}|R[sp][.]?|kr[.]?|zł|Kč|Ft|lei|Fr[.]?)?" -%}
  {%- set groups = "[0-9]{1,3}(?:[" ~ separator ~ " ''’\u00a0\u202f][0-9]{3})+" -%}
  {%- set indian = "|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}" if separator == ',' else '' -%}
  {%- set before = blank ~ currency ~ blank -%}
  {%- set number = "(?:(?:[0-9]+|" ~ groups ~ indian ~ ")(?:" ~ mark ~ "[0-9]*)?|" ~ mark ~ "[0-9]+)(?:[eE][-+]?[0-9]{1,2})?" ~ blank ~ currency -%}
  '^(?:(?:[-+−]?{{ before }}|{{ before }}[-+−]){{ number }}|[(]{{ before }}[-+−]?{{ number }}[)]|{{ before ~ number }}-)$'
{%- endmacro %}

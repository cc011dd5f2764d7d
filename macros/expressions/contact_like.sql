{# False where an id cannot be written like a contact, at a glance: before a digit above 0 stand in every character set the
   blank, the apostrophe, the bracket, the plus and the 0. For columns as they came. #}
{% macro may_be_contact_like(column) -%}
  ({{ has_at_sign(column) }} or {{ column }} < '1')
{%- endmacro %}

{# True where an id is written like an address ('anna@example.com', 'web:anna@example.com') or like a telephone number: with
   a plus, a way out of the country, a bracket or a trunk zero, and 9 to 15 digits ('+46 70 123 45 67', '0151/2345678').
   A number without any of these ('17850', '0000012345') is a number. #}
{% macro is_contact_like(column) -%}
  case
    when {{ one_at_sign(column) }} like '%_@_%' then true
    when substr({{ column }}, 1, 1) not in ('+', '0', '(', chr(39)) then false
    else
      length(regexp_extract({{ column }}, '^[^0-9+(]?([+(]|00[1-9]|0[1-9])[0-9 ()./-]+$', 0)) > 0
      and length({{ digits_of(column) }}) between 9 and 15
  end
{%- endmacro %}

{# A telephone number without what people write between its digits: digits_of('phone') on '+46 (0)70-12' -> '467012' #}
{% macro digits_of(column) -%}
  translate(replace({{ column }}, '(0)', ''), '+ ()./-' || chr(39) || chr(160), '')
{%- endmacro %}

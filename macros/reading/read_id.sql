{# An id; in a column of whole numbers that a spreadsheet or pandas wrote as decimals, without its `.0`: '17850.0' -> '17850' #}
{% macro read_id(column, text, reading) -%}
  {%- set id = 'case when ' ~ reading ~ " is not null then split_part(" ~ text ~ ", '.', 1) else " ~ text ~ ' end' -%}
  {{ person_id(id) if column in ['customer_id', 'visitor_id'] else id }}
{%- endmacro %}

{# An id of a person; where it is an e-mail address in small letters, since people and systems write one address in both:
   'Anna@Example.com' -> 'anna@example.com', 'K17a' -> 'K17a' #}
{% macro person_id(column) -%}
  case when contains({{ column }}, '@') then lower({{ column }}) else {{ column }} end
{%- endmacro %}

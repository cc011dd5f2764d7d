{# An id; in a column of whole numbers that a spreadsheet or pandas wrote as decimals, without its `.0`: '17850.0' -> '17850' #}
{% macro read_id(column, text, reading) -%}
  {%- set id = 'case when ' ~ reading ~ " is not null then split_part(" ~ text ~ ", '.', 1) else " ~ text ~ ' end' -%}
  {{ person_id(id) if column in ['customer_id', 'visitor_id'] else id }}
{%- endmacro %}

{# An id of a person. An e-mail address is written in small letters and composed, without what programs put around it or into it,
   since one person's address comes in all these ways; what is no address stays as it is, whatever its letters.
   'Anna@Example.com', '<anna@example.com>', 'mailto:anna@example.com.', 'anna%40example.com' -> 'anna@example.com',
   'K17a' -> 'K17a', 'AB@cd==' -> 'AB@cd==' #}
{% macro person_id(column) -%}
  {%- set label = '[\\p{L}\\p{M}\\p{N}-]+' -%}
  {%- set address = '[^@<>"\\s]+@(?:' ~ label ~ '[.])+(?:[\\p{L}\\p{M}]{2,}|xn--[a-z0-9-]+)' -%}
  {%- set around = '["' ~ "''" ~ ' .,;<>]*' -%}
  case
    when not {{ has_at_sign(column) }} then {{ column }}
    -- how nearly all addresses are written: to find the others takes forty times as long
    when regexp_matches(lower({{ column }}), '^[a-z0-9_+-][a-z0-9._+-]*@[a-z0-9.-]+[.][a-z]{2,}$') then lower({{ column }})
    else coalesce(
      nullif(lower(regexp_extract(
        {{ one_at_sign(column) }}, '(?i)^(?:[^<>@]*<)?{{ around }}(?:mailto:)?({{ address }}){{ around }}$', 1
      )), ''),
      {{ column }}
    )
  end
{%- endmacro %}

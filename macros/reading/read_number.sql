{# Text -> number, null where it is none. `reading` says which mark stands before the decimals (stg_column_readings).
   read_number('unit_price', 'r.unit_price') on '12.50', '$1,234.50', '-€ 3', '(3.00)', '1e1' -> 12.5, 1234.5, -3, -3, 10;
   with decimal commas on '1.234,50', '12,50 EUR' -> 1234.5, 12.5. '1_000' and '12,50' with decimal points are no numbers. #}
{% macro read_number(column, reading, type='decimal(18, 6)') %}
  {{- return(adapter.dispatch('read_number')(column, reading, type)) -}}
{% endmacro %}

{% macro default__read_number(column, reading, type) -%}
  case
    {# the engine takes what the pattern takes, but for 1_000, and looks at it in half the time #}
    when {{ reading }} is null and not contains({{ column }}, '_') and try_cast({{ column }} as {{ type }}) is not null
      then try_cast({{ column }} as {{ type }})
    when {{ reading }} is null and regexp_matches({{ column }}, {{ number_pattern('[.]', ',') }})
      then {{ number_of_text(column, "[^0-9.]", ',', '.', type) }}
    when {{ reading }} is not null and regexp_matches({{ column }}, {{ number_pattern(',', '.') }})
      then {{ number_of_text(column, "[^0-9,]", '.', ',', type) }}
  end
{%- endmacro %}

{# The number in such a text: digits and mark alone, the exponent, and the sign; the point of `Rs.` is no mark, and `12,-` is 12. #}
{% macro number_of_text(column, others, separator, mark, type) -%}
  {%- set digits = "regexp_extract(" ~ column ~ ", '(?:[a-z]?[.,])?[0-9][0-9., ''’\u00a0\u202f]*', 0)" -%}
  try_cast(
    case when regexp_matches({{ column }}, '^[^0-9]*[-−(]|[^.,]-$') then '-' else '' end
    || replace({{ replace_all(digits, '[a-z][.]|' ~ others) }}, '{{ mark }}', '.')
    || regexp_extract({{ column }}, '[0-9.,]([eE][-+]?[0-9]{1,2})', 1) as {{ type }}
  )
{%- endmacro %}

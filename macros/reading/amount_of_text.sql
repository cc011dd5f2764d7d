{# An amount as a decimal, each value by itself, where a source has to reckon with it before its column is read as a whole: money has
   two decimals at most, so a mark before three digits stands between thousands; what was divided may have more than three, and
   nothing has a nought before thousands. A point is what machines write. amount_of_text('price') on '14.95', '-3,666.78',
   '26,09', '1.200,00', '$1,050.00', '12,6050', '0,375', '--' -> 14.95, -3666.78, 26.09, 1200, 1050, 12.605, 0.375, null #}
{% macro amount_of_text(column) -%}
  coalesce(try_cast({{ column }} as decimal(18, 6)), case
    when regexp_matches({{ column }}, '[0-9],([0-9]{1,2}|[0-9]{4,})[^0-9]*$|[.][0-9]{3},[0-9]|^[^0-9]*0,|^[^0-9]*[0-9]{1,3}([.][0-9]{3})+[^0-9,.]*$')
      then {{ read_number(column, "'decimal comma'") }}
    else {{ read_number(column, 'null') }}
  end)
{%- endmacro %}

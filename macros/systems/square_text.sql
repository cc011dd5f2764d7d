{# A number of pieces: by weight they have three decimals, so a comma is read as that of the amount beside it.
   square_pieces('quantity', 'gross_sales') on '1,375' beside '12,50 €', beside '$12.50' -> 1.375, 1375 #}
{% macro square_pieces(column, amount) -%}
  case
    when regexp_matches({{ amount }}, ',[0-9]{2}[^0-9]*$') then {{ read_number("trim(" ~ column ~ ")", "'decimal comma'") }}
    else {{ amount_of_text("trim(" ~ column ~ ")") }}
  end
{%- endmacro %}

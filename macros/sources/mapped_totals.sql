{# The price of one piece from the amount of a whole line, six decimals. Where so many pieces would not give the line's cents again, it is
   the next higher one, and discount_of_total takes off what that is too much. 10.00 for 3 -> 3.333333; 5.00 for 0 -> '5.00 for 0 pieces' #}
{% macro price_of_total() %}
  {{ return("case when line_total is null or not regexp_matches(line_total, '[0-9]') then line_total when line_worth is null"
            ~ " then 'not an amount: ' || line_total when line_pieces = 0 and line_worth <> 0 then line_total || ' for 0 pieces' else cast("
            ~ exact_price() ~ " as string) end") }}
{% endmacro %}

{# As a decimal, and whether six decimals of it are too few. #}
{% macro exact_price() %}
  {{ return("(" ~ rounded_price() ~ " + case when " ~ is_not_exact() ~ " then 0.000001 else 0 end)") }}
{% endmacro %}

{% macro rounded_price() %}
  {{ return("cast(line_worth / coalesce(nullif(line_pieces, 0), 1) as decimal(38, 6))") }}
{% endmacro %}

{% macro is_not_exact() %}
  {{ return("line_pieces <> 0 and " ~ whole_cents(product_of('line_pieces', rounded_price())) ~ " <> " ~ whole_cents('line_worth')) }}
{% endmacro %}

{# What a line was reduced by, and what its pieces at such a price are worth too much: nearly always nothing. #}
{% macro discount_of_total(has_discount, entry) %}
  {% set more = "abs(" ~ product_of('line_pieces', exact_price()) ~ ") - abs(line_worth)" %}
  {% set own = mapped_value('discount_amount', 'number', dict(entry, total='', discount='')) %}
  {{ return("case when " ~ is_not_exact() ~ " then cast(line_discount + greatest(" ~ more ~ ", 0) as string) else " ~ own ~ " end") }}
{% endmacro %}

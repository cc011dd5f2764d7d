{# The price of one piece from the amount of a whole line, six decimals. Where so many pieces would not give the line's cents again, it is
   the next higher one, and discount_of_total takes off what that is too much. 10.00 for 3 -> 3.333333; 5.00 for 0 -> '5.00 for 0 pieces' #}
{% macro price_of_total(entry) %}
  {% set parts = parts_of_total(entry) %}
  {{ return("case when line_total is null or not regexp_matches(line_total, '[0-9]') then line_total when (" ~ parts['worth']
            ~ ") is null then 'not an amount: ' || line_total when " ~ parts['pieces'] ~ " = 0 and (" ~ parts['worth'] ~ ") <> 0 then line_total || ' for 0 pieces' else cast("
            ~ exact_price(parts) ~ " as string) end") }}
{% endmacro %}

{# As a decimal: exact_price(parts) -> cast(… as decimal(38, 6)) #}
{% macro exact_price(parts) %}
  {% set price = "cast((" ~ parts['worth'] ~ ") / coalesce(nullif(" ~ parts['pieces'] ~ ", 0), 1) as decimal(38, 6))" %}
  {{ return("(" ~ price ~ " + case when " ~ parts['pieces'] ~ " <> 0 and " ~ whole_cents(product_of(parts['pieces'], price)) ~ " <> "
            ~ whole_cents(parts['worth']) ~ " then 0.000001 else 0 end)") }}
{% endmacro %}

{# What a line was reduced by, and what its pieces at such a price are worth too much: nearly always nothing. #}
{% macro discount_of_total(entry) %}
  {% set parts = parts_of_total(entry) %}
  {% set price = exact_price(parts) %}
  {% set more = "abs(" ~ product_of(parts['pieces'], price) ~ ") - abs(" ~ parts['worth'] ~ ")" %}
  {% set differs = parts['pieces'] ~ " <> 0 and " ~ whole_cents(product_of(parts['pieces'], "cast((" ~ parts['worth'] ~ ") / coalesce(nullif(" ~ parts['pieces']
    ~ ", 0), 1) as decimal(38, 6))")) ~ " <> " ~ whole_cents(parts['worth']) %}
  {% set own = mapped_value('discount_amount', 'number', {'texts': entry['texts'], 'decimal_mark': entry['decimal_mark'], 'total': ''}) %}
  {{ return("case when " ~ differs ~ " then cast(" ~ parts['discount'] ~ " + greatest(" ~ more ~ ", 0) as string) else " ~ own ~ " end") }}
{% endmacro %}

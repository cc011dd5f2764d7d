-- One row: the currency of all figures. The setting, else the only one of the order lines, else the only one of the products,
-- else of what channels cost, said as a guess: who advertises abroad may be billed in other money. Null where the input names
-- none, and where it names several (int_unconverted_amounts then stops the run).
with found as (
    select
        {% for table_name in ['order_lines', 'products', 'channel_costs'] %}
        (select count(distinct currency) from {{ ref('stg_' ~ table_name) }}) as {{ table_name }}_currencies,
        (select min(currency) from {{ ref('stg_' ~ table_name) }}) as {{ table_name }}_currency,
        {% endfor %}
        cast({{ "'" ~ var('reporting_currency') ~ "'" if var('reporting_currency') else 'null' }} as string) as setting
)

select
    case
        when setting is not null then setting
        when order_lines_currencies = 1 then order_lines_currency
        when order_lines_currencies = 0 and products_currencies = 1 then products_currency
        when order_lines_currencies = 0 and products_currencies = 0 and channel_costs_currencies = 1
            then channel_costs_currency
    end as currency,
    case
        when setting is not null then 'The setting reporting_currency.'
        when order_lines_currencies = 1 then 'The only currency of the order lines.'
        when order_lines_currencies = 0 and products_currencies = 1 then 'The only currency of the products.'
        when order_lines_currencies = 0 and products_currencies = 0 and channel_costs_currencies = 1
            then 'The only currency of what channels cost; orders name none. If it is not theirs, set reporting_currency.'
        when order_lines_currencies = 0 and products_currencies = 0 and channel_costs_currencies = 0
            then 'The input names no currency.'
        else 'The input names several.'
    end as reason
from found

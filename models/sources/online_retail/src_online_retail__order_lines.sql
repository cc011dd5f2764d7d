{{ config(enabled=reads('online_retail')) }}
-- One row per row of the Online Retail table. Its two sheets overlap: of the first, rows from 2010-12-01 are left out,
-- because the second sheet has them too.
{% call(source) each_source('online_retail') %}
with invoice_lines as (
    select
        *,
        -- spreadsheets wrote month/day/year or day-month-year; 12/1/2010 8:26 is the first of December
        coalesce(
            try_cast(invoice_date as timestamp),
            try_strptime(invoice_date, ['%m/%d/%Y %H:%M', '%m/%d/%Y %H:%M:%S', '%d-%m-%Y %H:%M', '%d-%m-%Y %H:%M:%S'])
        ) as invoiced_at
    from {{ raw_rows('invoice_lines', source) }} as raw_rows
),

non_products as (
    select distinct lines.stock_code
    from invoice_lines as lines
    inner join {{ ref('online_retail_non_products') }} as patterns
        on trim(lines.stock_code) like patterns.stock_code_pattern
)

select
    lines.row_number,
    lines.invoice as order_id,
    lines.stock_code as product_id,
    coalesce(cast(lines.invoiced_at as string), lines.invoice_date) as ordered_at,
    -- 17850.0, as spreadsheets export a number column with gaps
    regexp_replace(lines.customer_id, '[.]0$', '') as customer_id,
    lines.quantity,
    lines.price as unit_price,
    -- a C invoice is a credit note: a document of its own, negative quantities, no reference to what it takes back
    case when trim(lines.invoice) ilike 'c%' then 'cancelled' else 'completed' end as order_status,
    case when non_products.stock_code is null then 'true' else 'false' end as is_product,
    lines.country,
    lines.description as product_name,
    lines.row_defect
from invoice_lines as lines
left join non_products on lines.stock_code = non_products.stock_code
where not coalesce(lines.sheet like '%2009-2010' and lines.invoiced_at >= timestamp '2010-12-01', false)
{% endcall %}

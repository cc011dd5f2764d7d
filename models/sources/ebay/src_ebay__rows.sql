{{ config(enabled=reads('ebay'), materialized='table') }}
-- One row per row of eBay's report that belongs to an order and moves money between buyer and shop, with what it is: an item, an
-- order's total, or something paid back. Left out are fees, labels, payouts, holds and the like, and rows that another report has
-- as well: a report holds its days whole, so the sale of an order may stand in one and what was paid back in another. Equal rows
-- of one report are different things, so that there are as many as in the report that has most. Rows that cannot be read stay.
{% call(source) each_source('ebay') %}
with typed as (
    select
        row_number,
        {{ ebay_day('created_on') }} as created_on,
        case
            when row_defect is not null then 'unreadable'
            when lower(trim(type)) in ('order', 'bestellung') and {{ ebay_field('item_id') }} is not null then 'item'
            when lower(trim(type)) in ('order', 'bestellung') then 'total'
            when lower(trim(type)) in ('refund', 'rückerstattung', 'claim', 'payment dispute') then 'refund'
        end as kind,
        {{ ebay_field('order_number') }} as order_number,
        {{ ebay_field('buyer') }} as buyer,
        {{ ebay_field('country') }} as country,
        {{ ebay_field('item_id') }} as item_id,
        {{ ebay_field('transaction_id') }} as transaction_id,
        {{ ebay_field('item_title') }} as item_title,
        {{ ebay_field('custom_label') }} as custom_label,
        {{ ebay_field('quantity') }} as quantity,
        {{ ebay_amount('quantity') }} as pieces,
        {{ ebay_amount('item_subtotal') }} as item_subtotal,
        {{ ebay_field('item_subtotal') }} as told_subtotal,
        {{ ebay_field('gross_amount') }} as told_amount,
        -- neither postage nor tax that the shop hands on is revenue of goods
        {{ ebay_without(ebay_amount('gross_amount'), ebay_amount('seller_tax')) }} as without_tax,
        {{ ebay_without('without_tax', ebay_amount('postage')) }} as amount,
        {{ ebay_field('currency') }} as currency,
        {{ ebay_field('reference') }} as reference,
        {{ ebay_field('description') }} as description,
        row_defect,
        raw_file
    from {{ raw_rows('transactions', source) }} as transactions
),

with_copies as (
    select
        *,
        -- what has a number of its own is one thing
        case
            when kind = 'total' or (kind = 'item' and transaction_id is not null) then 1
            else row_number() over (
                partition by
                    kind, order_number, created_on, item_id, transaction_id, item_title, quantity, item_subtotal, amount,
                    reference, description, raw_file
                order by row_number asc nulls last
            )
        end as copy
    from typed
    where kind is not null and (order_number is not null or row_defect is not null)
)

select * exclude (description, raw_file, without_tax, copy)
from with_copies
qualify row_defect is not null or row_number = max(row_number) over (
    partition by
        kind, order_number, created_on, item_id, transaction_id, item_title, quantity, item_subtotal, amount, reference,
        description, copy
)
{% endcall %}

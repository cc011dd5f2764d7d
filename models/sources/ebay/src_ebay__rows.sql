{{ config(enabled=source_system() == 'ebay', materialized='table') }}
-- One row per row of eBay's report that belongs to an order and moves money between buyer and shop, with what it is: an item, an
-- order's total, or something paid back. Left out are fees, labels, payouts, holds and the like, and rows that another report has
-- as well: a report holds its days whole, so the sale of an order may stand in one and what was paid back in another. Rows that
-- cannot be read stay.
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
        {{ ebay_field('quantity') }} as quantity,
        {{ amount_of_text('quantity') }} as pieces,
        {{ amount_of_text('item_subtotal') }} as item_subtotal,
        coalesce({{ amount_of_text('postage') }}, 0) as postage,
        -- tax that the shop hands on is no revenue
        {{ amount_of_text('gross_amount') }} - coalesce({{ amount_of_text('seller_tax') }}, 0) as amount,
        {{ ebay_field('currency') }} as currency,
        {{ ebay_field('reference') }} as reference,
        {{ ebay_field('description') }} as description,
        row_defect
    from {{ raw_rows('transactions') }} as transactions
)

select * exclude (description)
from typed
where kind is not null and (order_number is not null or row_defect is not null)
qualify row_defect is not null or row_number = max(row_number) over (
    partition by
        kind, order_number, created_on, item_id, transaction_id, item_title, quantity, item_subtotal, amount, reference,
        description
)

-- One row per row of the source, cleaned and cast: a product, and the first thing that is wrong with it.
with {{ rows_by_type('products', ref('src_products')) }}

select
    row_number,
    source_name,
    row_defect,
    coalesce({{ fault_of_columns('products') }}, case
        when price_read < 0 then 'price is negative'
        when unit_cost_read < 0 then 'unit_cost is negative'
    end) as reject_reason,
    product_id_read as product_id,
    product_name,
    description,
    {{ category_path('category') }} as category,
    brand,
    price_read as price,
    is_available_read as is_available,
    -- less than nothing is promised already
    case when stock_units_read < 0 then 0 else stock_units_read end as stock_units,
    image_path,
    product_url,
    image_url,
    unit_cost_read as unit_cost,
    {{ named_currency('currency') }} as currency,
    sku,
    {{ a_date('updated_at_read') }} as updated_at
from by_type

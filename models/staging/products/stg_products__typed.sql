-- One row per row of the source, cleaned and cast: a product, and the first thing that is wrong with it.
with cleaned as (
    select
        source.row_number,
        source.row_defect,
        {{ clean_columns('products') }}
    from {{ ref('src_products') }} as source
    cross join {{ words_for_nothing() }} as nothing
),

by_type as (
    select
        cleaned.*,
        {{ read_columns('products') }}
    from cleaned
    cross join {{ readings_of('products') }} as reading
)

select
    row_number,
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
    image_path,
    unit_cost_read as unit_cost,
    upper(currency) as currency,
    {{ a_date('updated_at_read') }} as updated_at
from by_type

-- One row per product, as a number, of a category: the first level of that, as a number from 1.
with departments as (
    select
        category_level_1,
        cast(row_number() over (order by category_level_1 asc nulls last) as int) as department_code
    from (
        select distinct category_level_1
        from {{ ref('int_products') }}
        where category_level_1 is not null
    ) as named
)

select
    c.product_code,
    d.department_code
from {{ ref('int_products') }} as p
inner join {{ ref('int_product_codes') }} as c on p.product_id = c.product_id
inner join departments as d on p.category_level_1 = d.category_level_1

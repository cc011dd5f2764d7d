{{ config(enabled=reads('olist')) }}
-- One row per product of Olist, which keeps their names to itself: they are called by their category and the beginning of
-- their id.
{% call(source) each_source('olist') %}
with translations as (
    select
        category,
        max(english) as english
    from {{ raw_rows('translations', source) }} as translations_file
    where row_defect is null
    group by category
)

select
    p.row_number,
    p.product_id,
    concat_ws(' ', replace(coalesce(t.english, p.category), '_', ' '), left(p.product_id, 6)) as product_name,
    replace(coalesce(t.english, p.category), '_', ' ') as category,
    'BRL' as currency,
    p.row_defect
from {{ raw_rows('products', source) }} as p
left join translations as t on p.category = t.category
{% endcall %}

-- One row per search term and product, as numbers: how many people looked at it after the search, and how many bought it.
select
    t.term_code,
    p.product_code,
    count(distinct f.person_id) filter (where f.is_clicked) as clicks,
    count(distinct f.person_id) filter (where f.is_bought) as buyers
from {{ ref('int_search_followed') }} as f
inner join {{ ref('int_search_terms') }} as t on f.search_term = t.search_term
inner join {{ ref('int_product_codes') }} as p on f.product_id = p.product_id
group by t.term_code, p.product_code

-- One row per search term that enough people typed and that holds no personal detail: how often, what came of it, what its
-- searchers bought, which terms are like it and which product to show. A term is without result where surely less than half as
-- many of its searches are followed by a look at a product as of all searches, by the interval of that share; where the interval
-- does not tell, it is null.
with bought as (
    select
        i.term_code,
        {{ json_set('p.product_id') }} as bought_products,
        {{ joined_text('p.product_name', 'i.buyers desc nulls last, p.product_id asc', '; ') }} as bought_product_names
    from {{ ref('int_search_products_input') }} as i
    inner join {{ ref('int_product_codes') }} as c on i.product_code = c.product_code
    inner join {{ ref('int_products') }} as p on c.product_id = p.product_id
    where i.buyers >= {{ var('min_group_size') }}
    group by i.term_code
),

alike as (
    select
        s.term_code,
        {{ joined_text('t.search_term', 's.similarity_rank', '; ') }} as similar_terms
    from {{ ref('int_similar_terms') }} as s
    inner join {{ ref('int_search_terms') }} as t on s.similar_term_code = t.term_code
    group by s.term_code
),

all_terms as (
    select cast(sum(clicked) as double) / nullif(sum(searches), 0) / 2 as half_of_all
    from {{ ref('int_search_terms') }}
)

select
    t.search_term,
    t.searches,
    t.visitors,
    cast(t.clicked as double) / nullif(t.searches, 0) as clicked_share,
    cast(t.carted as double) / nullif(t.searches, 0) as carted_share,
    cast(t.purchased as double) / nullif(t.searches, 0) as purchased_share,
    case
        when {{ wilson('high', 't.clicked', 't.searches') }} < n.half_of_all then true
        when {{ wilson('low', 't.clicked', 't.searches') }} >= n.half_of_all and n.half_of_all > 0 then false
    end as is_without_result,
    b.bought_products,
    b.bought_product_names,
    l.similar_terms,
    c.product_id as suggested_product_id,
    s.reason as suggestion_reason,
    r.run_id,
    a.as_of
from {{ ref('int_search_terms') }} as t
anti join {{ ref('int_personal_terms') }} as d on t.term_code = d.term_code
cross join all_terms as n
left join bought as b on t.term_code = b.term_code
left join alike as l on t.term_code = l.term_code
left join {{ ref('int_suggested_products') }} as s on t.term_code = s.term_code
left join {{ ref('int_product_codes') }} as c on s.product_code = c.product_code
cross join (select distinct run_id from {{ ref('ml_word_vectors') }}) as r
cross join {{ ref('stg_as_of') }} as a

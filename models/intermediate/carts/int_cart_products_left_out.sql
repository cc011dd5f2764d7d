-- One row per open cart and product that is not offered to it: what lies in it, and where the setting recommend_repurchase is
-- false what its customer has bought.
select
    session_id,
    product_id
from {{ ref('int_cart_items') }}
{%- if not var('recommend_repurchase') %}
union
select
    k.session_id,
    b.product_id
from {{ ref('int_cart_items') }} as k
inner join {{ ref('int_interactions') }} as b on k.customer_id = b.customer_id
where b.purchases > 0
{%- endif %}

-- One row per row of the source, cleaned and cast: a customer drawn for a campaign, and the first thing that is wrong with it.
with {{ rows_by_type('assignments', ref('src_assignments')) }},

with_arm as (
    select
        *,
        case
            when lower(coalesce(arm, variant)) in ({{ sql_words_for_holdouts() }})
                then 'control'
            when arm is null or lower(arm) in ('treatment', 'treated', 'test', 'target', 'exposed') then 'treatment'
        end as arm_read
    from by_type
)

select
    row_number,
    source_name,
    coalesce({{ fault_of_columns('assignments') }}, case
        when arm_read is null then 'arm is neither treatment nor control'
        when propensity_read <= 0 or propensity_read > 1 then 'propensity is not above 0 and at most 1'
    end) as reject_reason,
    campaign_id_read as campaign_id,
    {{ own_id('customer_id_read') }} as customer_id,
    case when arm_read = 'treatment' then coalesce(variant, 'A') end as variant,
    arm_read as arm,
    cast(propensity_read as double) as propensity,
    {{ a_date('assigned_at_read') }} as assigned_at
from with_arm {{ join_own_ids(['customer_id_read']) }}
